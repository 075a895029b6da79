*** Settings ***
Documentation       A power cycle on paper: steps with waiting, retries and a clean end.
Resource            machines.resource
Suite Setup         Set Suite Variable    $state    off
Suite Teardown      Set Suite Variable    $state    off
Test Tags           power


*** Test Cases ***
Machine Starts
    [Tags]    smoke
    Wait As A Machine Would    Powering on
    Set Suite Variable    $state    on
    Should Be Equal    ${state}    on

Machine Answers After A While
    [Documentation]    The first tries fail and are repeated, as with a machine that boots.
    Set Test Variable    $tries    ${0}
    Wait Until Keyword Succeeds    5 s    150 ms    Machine Answers On Try    3
    Log    It answered on try ${tries}.

Machine Survives Three Resets
    [Tags]    slow
    FOR    ${number}    IN RANGE    1    4
        Wait As A Machine Would    Reset ${number}    800 ms
        Log    Reset ${number} of 3 is done    console=True
    END

Machine Stops
    Wait As A Machine Would    Shutting down
    Set Suite Variable    $state    off
    [Teardown]    Should Be Equal    ${state}    off


*** Keywords ***
Machine Answers On Try
    [Arguments]    ${enough}
    Set Test Variable    $tries    ${tries + 1}
    IF    ${tries} < ${enough}    Fail    No answer yet on try ${tries}
