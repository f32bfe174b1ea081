#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> help settings
settings
 set      Give a setting a value
 show     List the settings, or tell what one may be
 unset    Give a setting its default again
 alias    Make a name for a command line, or list them
 setup    Find out how this terminal shows Persian
> help set
set SETTING [VALUE]
Give a setting a value.
   SETTING  name of the setting
   VALUE    one of its values; 'show SETTING' lists them

Names and values may be shortened as long as they stay clear. A switch without a value
is turned on. 'show' lists all settings, 'show NAME' one with what it may be.

  set precision 6
  set mode box
  set timing
> set ?
set SETTING [VALUE]
Give a setting a value.
   SETTING  name of the setting
   VALUE    one of its values; 'show SETTING' lists them

Names and values may be shortened as long as they stay clear. A switch without a value
is turned on. 'show' lists all settings, 'show NAME' one with what it may be.

  set precision 6
  set mode box
  set timing
> ? unset
unset SETTING
Give a setting its default again.
   SETTING  name of the setting

  unset precision
> show --help
show [SETTING]
List the settings, or tell what one may be.
   SETTING  name of the setting

Without a name all settings with their values; with a name also what it may be and
what it is unless set.

  show
  show precision
> help sett
settings
 set      Give a setting a value
 show     List the settings, or tell what one may be
 unset    Give a setting its default again
 alias    Make a name for a command line, or list them
 setup    Find out how this terminal shows Persian
> help model info | head -n 1
model info
> h prec
error: unknown command 'prec'
  h prec
    ^~~~
  'help' lists the commands
> help model infos
error: 'model' has no command 'infos'
  help model infos
       ^~~~~
  did you mean 'info'?
> help | grep -c "^ help "
1
