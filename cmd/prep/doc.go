/*
Prep turns the incidents that an engineer lived through into interview answers.

It reads a library of stories, one YAML file each, and

  - ranks them against a job description or a question, with reasons (match),
  - tells one as a STAR answer that fits the time when spoken (star),
  - shows which skills and competencies they cover and where the gaps are (coverage),
  - plans an interview loop, each likely question with its story (plan),
  - practises with you, when it is due (drill, stats),
  - takes stories over from notes that people keep already, and from the formats of
    other programs, and writes them out in these (import, export),
  - opens new and old ones in an editor and checks them on return (new, edit).

It works offline: nothing is sent anywhere. The same input gives the same output.

Results go to standard output, everything else to standard error. Exit codes: 0
done; 1 it ran and the answer is no (no story fits, lint found an error); 2 it
could not run (wrong usage, unreadable or invalid input).

"prep help" lists the commands, "prep help COMMAND" says what each takes.
*/
package main
