*** Settings ***
Documentation       Control structures: loops, conditions, and an error that is handled.
Library             Collections
Test Tags           checks


*** Test Cases ***
Numbers Add Up
    ${sum}    Set Variable    ${0}
    FOR    ${number}    IN RANGE    1    11
        ${sum}    Evaluate    $sum + $number
    END
    Should Be Equal As Integers    ${sum}    55

An Expected Error Is Handled
    TRY
        Fail    The cable is not plugged in
    EXCEPT    *not plugged in    type=GLOB    AS    ${reason}
        Log    Handled: ${reason}
    FINALLY
        Log    The port is free again.
    END

A Countdown Ends
    ${left}    Set Variable    ${5}
    WHILE    ${left} > 0    limit=10
        ${left}    Set Variable    ${left - 1}
        Sleep    300 ms
    END
    Should Be Equal As Integers    ${left}    0

What This Lab Lacks Is Skipped
    [Tags]    optional
    Skip    There is no liquid cooling in this lab.
