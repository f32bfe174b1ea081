#! exit 1
> answer 5
error: there is no question to answer
  'teach', 'quiz' and 'shapes --ask' ask some
