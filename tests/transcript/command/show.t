#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> show mode
mode is plain
  how tables are written
  box|plain|md|csv|tsv|json; plain unless set
> show w
width is auto
  columns of the screen
  20 to 10000, or auto; auto unless set
> show
 setting        value     about
 color          auto      colours on the terminal
 colormap       viridis   colours of heat maps
 scale          0-1       scale of heat maps
 cells          auto      how heat maps are drawn
 pixels         auto      how this terminal shows pixels (cells pixel, attn/p)
 mode           plain     how tables are written
 bidi           auto      who reorders right-to-left text
 shaping        on        joined letter forms in bidi visual
 axis           ltr       direction of the columns of right-to-left text in maps
 digits         latin     digits in tables
 precision      4         digits of numbers
 width          auto      columns of the screen
 rows           40        most rows of a table
 pager          auto      long output through a pager
 history        10000     lines of history that are kept
 confirm        on        ask before leaving with unsaved work
 timing         off       time of each command
 times          on        durations in what commands print
 prompt         (rasad)   the prompt
 echo           off       scripts print their commands
 stop-on-error  on        the first error ends a script
 seed           0         seed of sampling
 threads        auto      threads for computing
 progress       on        progress of long work
 unicode        auto      block and line characters
 repeat         on        Enter on an empty line repeats the last command
 memory         2048      most MiB for the values of a run
 max-new        auto      most tokens that run generates
 lang           en        language of explanations
 presenter      off       for an audience: wide tables and maps, blank lines, n…
 traceback      short     traceback of Lua errors
> show nothing
error: there is no setting 'nothing'
  show nothing
       ^~~~~~~
  'show' lists the settings
> show mode bidi
error: one argument too many: 'bidi'
  show mode bidi
            ^~~~
  usage: show [SETTING]
