*** Settings ***
Documentation       Reads the machines of the run and checks what is known of them.
Resource            machines.resource
Test Tags           inventory    smoke


*** Test Cases ***
There Is At Least One Machine
    ${machines}    Machines Under Test
    Should Not Be Empty    ${machines}
    Log Many    &{machines}

Every Machine Has A Name
    ${machines}    Machines Under Test
    FOR    ${name}    IN    @{machines}
        Machine Has A Name    ${name}
        Log    ${name} is part of this run    console=True
    END

Every Machine Has Information
    [Documentation]    Information is a dictionary; which fields it has is up to the lab.
    ${machines}    Machines Under Test
    FOR    ${name}    ${information}    IN    &{machines}
        ${fields}    Get Dictionary Keys    ${information}
        Log    ${name} is described by ${fields}
    END

Names Are Unique Whatever Their Case
    ${machines}    Machines Under Test
    ${names}    Get Dictionary Keys    ${machines}
    ${lower}    Evaluate    [name.lower() for name in $names]
    List Should Not Contain Duplicates    ${lower}
