*** Settings ***
Documentation       A first look at a test network: what a run of real suites looks like, without any machine.
Metadata            Purpose    Demonstration
Library             OperatingSystem
Suite Setup         Prepare The Bench
Suite Teardown      Clear The Bench
Test Tags           demo


*** Keywords ***
Prepare The Bench
    [Documentation]    A folder of its own for every run, so that two runs never meet.
    Create Directory    ${OUTPUT DIR}/bench
    Create File    ${OUTPUT DIR}/bench/started.txt    started\n
    Log    The bench is ready in ${OUTPUT DIR}/bench

Clear The Bench
    Remove Directory    ${OUTPUT DIR}/bench    recursive=True
    Directory Should Not Exist    ${OUTPUT DIR}/bench
