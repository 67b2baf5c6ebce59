// Package practice chooses the questions of a drill and gives feedback on an
// answer.
//
// What was practised is a history of events, lines of a file that only grows; from
// it follow the schedule, when each question is due again, and the stats. Draw takes
// what is due, then weak spots, then what is new, and leaves the rest to chance by a
// seed, so that a drill can be had again. The package reads no file and no clock and
// asks nothing: those are the command's.
//
// Review reads an answer that somebody typed, or that was written down as they
// spoke: how long it is, how its parts weigh, what it says by habit and, beside
// its story, what it claims that the story does not hold. It judges words, not
// meaning: a claim in the story's own words passes, and what a story tells in
// quite other words may be doubted. It writes no answer of its own.
package practice
