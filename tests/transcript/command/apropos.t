#! rasad -m tests/golden/marian/swish-3h
#! exit 1
> apropos precision
 set            Give a setting a value
 show           List the settings, or tell what one may be
 unset          Give a setting its default again
 print          The value of a site or a Lua expression; recorded as $N
 explain        The formula of an operation with its sizes; or one number, reco…
 w2v gradient   The gradients of one pair, derived step by step and checked by …
 set precision  digits of numbers
> ap colours of
 set colormap  colours of heat maps
> apropos xyzzyx
nothing about 'xyzzyx'
> apropos
error: apropos: WORD is missing
  usage: apropos WORD
