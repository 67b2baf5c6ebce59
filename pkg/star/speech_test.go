package star_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/prep-cli/prep/pkg/star"
	"github.com/prep-cli/prep/pkg/story"
	"github.com/prep-cli/prep/pkg/yaml"
)

// said tells a story that has notes in one field, and gives what comes of them.
func said(field string, notes ...string) string {
	s := story.Story{Title: "T", Problem: yaml.Text{"It broke."}}
	s.SetText(field, notes)
	var out []string
	for _, x := range star.Compose(s, star.Options{}).Sentences {
		if x.Field == field && !strings.HasPrefix(x.Text, "It was on me") {
			out = append(out, x.Text)
		}
	}
	return strings.Join(out, " ")
}

func TestSpeech(t *testing.T) {
	for _, test := range []struct {
		field string
		notes yaml.Text
		want  string
		why   string
	}{
		{"resolution", yaml.Text{"Used AWS CloudTrail to trace unauthorized activity"}, "I used AWS CloudTrail to trace unauthorized activity.", "a bullet that leads with a past form is the teller's act"},
		{"resolution", yaml.Text{"Immediately deactivated the user"}, "I immediately deactivated the user.", "an adverb stays with its verb"},
		{"resolution", yaml.Text{"Then removed the cron job"}, "Then I removed the cron job.", "a word of sequence stays in front"},
		{"resolution", yaml.Text{"And did not send it."}, "And I did not send it.", "so does a conjunction"},
		{"resolution", yaml.Text{"After a long search, discovered that it leaked"}, "After a long search, I discovered that it leaked.", "the subject goes behind the lead"},
		{"resolution", yaml.Text{"On day three told the director in writing"}, "On day three I told the director in writing.", "a lead of time needs no comma"},
		{"resolution", yaml.Text{"For the last five: sat down with the leads"}, "For the last five, I sat down with the leads.", "a colon after a lead is a comma"},
		{"resolution", yaml.Text{"Added: idempotency keys, a queue, and alerts"}, "I added idempotency keys, a queue, and alerts.", "the colon after a verb is not said"},
		{"resolution", yaml.Text{"Rebuilt the model: separated pulse and waves, then tuned both"}, "I rebuilt the model: I separated pulse and waves, then tuned both.", "an act behind a colon needs its subject too"},
		{"resolution", yaml.Text{"Pulled the graph, rebuilt the column, checked 200 rows"}, "I pulled the graph, rebuilt the column, and checked 200 rows.", "a row of acts gets its and"},
		{"resolution", yaml.Text{"Took two weeks"}, "It took two weeks.", "a duration is nobody's act"},
		{"resolution", yaml.Text{"Add idempotency keys"}, "I added idempotency keys.", "an order in what was done was carried out"},
		{"resolution", yaml.Text{"Adding retry logic with jitter"}, "I added retry logic with jitter.", "so was an act in the -ing form"},
		{"resolution", yaml.Text{"Test results were stable"}, "Test results were stable.", "a noun that looks like an order stays a noun"},
		{"resolution", yaml.Text{"Failed jobs were retried by hand"}, "Failed jobs were retried by hand.", "a participle before a noun is no act"},
		{"resolution", yaml.Text{"The key was deactivated."}, "The key was deactivated.", "passive stays passive"},
		{"resolution", yaml.Text{"Silenced in March by someone who left"}, "Silenced in March by someone who left.", "a passive without its verb is nobody's claim"},
		{"resolution", yaml.Text{"Approved in May"}, "Approved in May.", "nor is what others granted"},
		{"resolution", yaml.Text{"Another developer had been looking for days. Tried restarting the servers."}, "Another developer had been looking for days. Tried restarting the servers.", "after another person's act a bare verb may be theirs"},
		{"resolution", yaml.Text{"Another developer had been looking for days.", "Tried restarting the servers."}, "Another developer had been looking for days. I tried restarting the servers.", "a new bullet is the teller's again"},
		{"resolution", yaml.Text{"We rolled back. Added a test."}, "We rolled back. We added a test.", "what a team began the team goes on with"},
		{"resolution", yaml.Text{"Priya rewrote the parser."}, "Priya rewrote the parser.", "a named colleague keeps the act"},
		{"resolution", yaml.Text{"Sleeps replaced by waiting for the response"}, "Sleeps were replaced by waiting for the response.", "a passive gets the verb it saved"},
		{"resolution", yaml.Text{"Gateway retried 3 times, then gave up."}, "The gateway retried 3 times, then gave up.", "a thing gets the article it saved"},
		{"resolution", yaml.Text{"A test that fails above 12 statements"}, "Part of it was a test that fails above 12 statements.", "a bare thing is a part of what was done, by whomever"},
		{"resolution", yaml.Text{"Race condition: two requests reading the same count"}, "It was a race condition: two requests reading the same count.", "a cause is no act"},
		{"root_cause", yaml.Text{"Missing index on the orders table"}, "The cause was a missing index on the orders table.", "a fragment is named as the cause"},
		{"root_cause", yaml.Text{"Discovered a missing debounce on a slider"}, "I discovered a missing debounce on a slider.", "finding the cause is the teller's act"},
		{"root_cause", yaml.Text{"Subtracted one second per tick instead of comparing"}, "Subtracted one second per tick instead of comparing.", "what the cause did is not"},
		{"resolution", yaml.Text{"Root cause: unstable height when the page loads. Fix: move scrolling to a container."}, "The root cause was unstable height when the page loads. The fix was to move scrolling to a container.", "labels are structure"},
		{"problem", yaml.Text{"Challenge: on first load the bar looked full."}, "On first load the bar looked full.", "a whole sentence needs no label"},
		{"resolution", yaml.Text{"**Never** used `SELECT FOR UPDATE` before"}, "I never used SELECT FOR UPDATE before.", "marks and code are said as words"},
		{"resolution", yaml.Text{"Shipped it 🚀."}, "I shipped it.", "a picture is not said"},
		{"resolution", yaml.Text{"Added ~~Kafka~~ a queue, see [the notes](http://x.test/1)"}, "I added a queue, see the notes.", "nor is what was struck or an address"},
		{"resolution", yaml.Text{"Cut it from 500+ to 3"}, "I cut it from more than 500 to 3.", "a plus behind a number is more than"},
		{"problem", yaml.Text{"The map was slow with >100 markers, ~5 s"}, "The map was slow with more than 100 markers, about 5 s.", "comparisons are said"},
		{"impact", yaml.Text{"p95 8.1 s -> 640 ms"}, "p95 went from 8.1 s to 640 ms.", "an arrow between figures is from and to"},
		{"impact", yaml.Text{"False reds from 34% to 3%"}, "False reds went from 34% to 3%.", "a change without a verb went"},
		{"resolution", yaml.Text{"Activated MFA (Multi-Factor Authentication) everywhere"}, "I activated MFA everywhere.", "brackets that spell an acronym are not said"},
		{"problem", yaml.Text{"During the move, accidentally deleted 40 rows"}, "During the move, I accidentally deleted 40 rows.", "an accident is a person's"},
		{"problem", yaml.Text{"Crashed every night at 2"}, "Crashed every night at 2.", "what befell a thing is not the teller's"},
		{"problem", yaml.Text{"Support tickets flooding in from clients."}, "Support tickets were flooding in from clients.", "a progressive gets its verb"},
		{"problem", yaml.Text{"Orders stuck in 'pending' status."}, "Orders were stuck in 'pending' status.", "so does a state"},
		{"problem", yaml.Text{"No tests, no runbook."}, "There were no tests, no runbook.", "no becomes there was no"},
		{"context", yaml.Text{"60 deploys on a normal day."}, "There were 60 deploys on a normal day.", "an amount is there"},
		{"task", yaml.Text{"Decide whether to switch now"}, "My job was to decide whether to switch now.", "a task in the base form was still to do"},
		{"task", yaml.Text{"Led two developers through it"}, "I led two developers through it.", "a task in the past form was done"},
		{"impact", yaml.Text{"Eliminated silent data loss"}, "That eliminated silent data loss.", "an effect is the change's, not a person's"},
		{"impact", yaml.Text{"Restored access, learned best practices"}, "I restored access and learned best practices.", "learning is a person's"},
		{"lessons", yaml.Text{"Never trust a cache"}, "What I took from it: never trust a cache.", "advice is led in"},
		{"lessons", yaml.Text{"A reminder is not a process."}, "What I took from it is that a reminder is not a process.", "a statement is led in with that"},
		{"lessons", yaml.Text{"I waited too long."}, "I waited too long.", "the teller's own words need no lead"},
		{"hindsight", yaml.Text{"COULD HAVE Added optimistic locking"}, "In hindsight I would have added optimistic locking.", "what was left out is told as left out"},
		{"hindsight", yaml.Text{"Add optimistic locking"}, "In hindsight I would have added optimistic locking.", "in any form"},
		{"hindsight", yaml.Text{"Wrote a rollback plan first"}, "In hindsight I would have written a rollback plan first.", "a past form in hindsight was not done either"},
		{"hindsight", yaml.Text{"Should not have skipped the review."}, "In hindsight I would not have skipped the review.", "the no is kept"},
		{"hindsight", yaml.Text{"I never asked finance. There were two reports."}, "In hindsight, I never asked finance.", "an omission is admitted; what follows stays unsaid"},
		{"hindsight", yaml.Text{"The tests were added."}, "", "what cannot be told as undone is not told"},
		{"resolution", yaml.Text{"Could have added a lock"}, "In hindsight I would have added a lock.", "what was not done is hindsight in any field"},
		{"investigation", yaml.Text{"08:12 Restart gateways one by one"}, "At 08:12, I restarted gateways one by one.", "the time of a log line is said"},
		{"investigation", yaml.Text{"Same stack trace 140,000 times"}, "It was the same stack trace 140,000 times.", "a repetition is told"},
		{"impact", yaml.Text{"Live in ten weeks"}, "It was live in ten weeks.", "so is a state that was reached"},
		{"impact", yaml.Text{"Nightly false reds from about 45 to 2"}, "Nightly false reds went from about 45 to 2.", "a rough figure went as well"},
		{"resolution", yaml.Text{"Reported one earns a stamp"}, "Reported one earns a stamp.", "a participle before one is no act"},
		{"resolution", yaml.Text{"TODO: add metrics", "[ ] alerting"}, "", "plans were not done"},
	} {
		if diff := cmp.Diff(test.want, said(test.field, test.notes...)); diff != "" {
			t.Errorf("%s %q (%s):\n%s", test.field, test.notes, test.why, diff)
		}
	}
}
