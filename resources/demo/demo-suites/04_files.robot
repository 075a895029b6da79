*** Settings ***
Documentation       Works with files, text and processes, as a suite that collects logs does.
Library             OperatingSystem
Library             Process
Library             String
Test Setup          Create Directory    ${OUTPUT DIR}/bench/files
Test Teardown       Remove Directory    ${OUTPUT DIR}/bench/files    recursive=True
Test Tags           files


*** Variables ***
${FOLDER}       ${OUTPUT DIR}/bench/files


*** Test Cases ***
A Log Is Collected
    Create File    ${FOLDER}/machine.log    boot ok\nfan warning\nshutdown ok\n
    ${text}    Get File    ${FOLDER}/machine.log
    ${lines}    Get Line Count    ${text}
    Should Be Equal As Integers    ${lines}    3

Warnings Are Counted
    Create File    ${FOLDER}/machine.log    ok\nwarning one\nok\nwarning two\n
    ${text}    Get File    ${FOLDER}/machine.log
    ${warnings}    Get Lines Containing String    ${text}    warning
    ${count}    Get Line Count    ${warnings}
    Should Be Equal As Integers    ${count}    2
    Log    ${count} warnings were found, as expected.    WARN

Any Language Is Welcome
    [Documentation]    Grüße, 你好, שלום: names and text survive the way through files.
    ${text}    Set Variable    Grüße, 你好, שלום "quoted" & <tagged>
    Create File    ${FOLDER}/text.txt    ${text}
    ${read}    Get File    ${FOLDER}/text.txt
    Should Be Equal    ${read}    ${text}

A Process Answers
    ${result}    Run Process    ${{sys.executable}}    -c    print(6 * 7)
    Should Be Equal As Integers    ${result.rc}    0
    Should Be Equal    ${result.stdout}    42
