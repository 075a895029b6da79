*** Settings ***
Documentation       One template, many readings: every row is a check of its own.
Resource            machines.resource
Test Template       Reading Is Within
Test Tags           sensors


*** Test Cases ***    READING    LOWEST    HIGHEST
Inlet Temperature    23.5    10    35
Processor Temperature    61    0    95
Fan Speed    4200    1000    12000
Supply Voltage    12.1    11.4    12.6
Broken Fan Is Noticed
    [Documentation]    Fails on purpose: it shows what a failure looks like, and where the page explains it.
    [Tags]    shows-a-failure
    0    1000    12000


*** Keywords ***
Reading Is Within
    [Arguments]    ${reading}    ${lowest}    ${highest}
    Wait As A Machine Would    Reading the sensor    300 ms
    Should Be True    ${lowest} <= ${reading} <= ${highest}
    ...    The reading ${reading} is outside ${lowest} to ${highest}.
