package dialogs

import "time"

// Trigger is a reason to nudge a worker. The table of DOMAIN g in one place.
type Trigger string

// The triggers.
const (
	Distress   Trigger = "distress"
	AskedHuman Trigger = "asked-for-a-person"
	LowScore   Trigger = "low-score"
	Drop       Trigger = "drop"
	NoReply    Trigger = "no-reply"
	NotYet     Trigger = "step-not-yet-twice"
	NotStarted Trigger = "not-started"
	CannotRead Trigger = "cannot-read"
	// ChangedNumber is a message that was changed to another number too late for
	// the bot to know which answer it was.
	ChangedNumber Trigger = "changed-number"
	Milestone     Trigger = "milestone"
	HalfTime      Trigger = "half-time"
	Finished      Trigger = "finished"
	// Undelivered is a person none of whose chats can be reached any more. Refused and
	// GivenUp are one message: not taken as it is, or not delivered for a day.
	Undelivered Trigger = "undelivered"
	Refused     Trigger = "refused"
	GivenUp     Trigger = "given-up"
	Broken      Trigger = "broken"

	// What became of a worker's proposal: see State.Propose.
	SaidYes  Trigger = "proposal-yes"
	OwnWords Trigger = "proposal-own-words"
	SaidNo   Trigger = "proposal-no"
	LeftOpen Trigger = "proposal-open"
	NotAsked Trigger = "proposal-not-asked"
)

// Priority orders work: P1 at once, P2 the same working day, P3 three working
// days, P4 in a digest.
type Priority int

// Today is the Within of what is due the same working day.
const Today = "today"

// Rule is what a trigger asks of a worker. Times are service time.
type Rule struct {
	Priority Priority
	// Within is how soon a person should act, as said to the worker.
	Within string
	// Changed says what happened, in words that carry nothing of the person's.
	Changed string
	// Question is one ready question worth asking; empty where the local
	// protocol rules alone.
	Question string
	// Acknowledge is how soon someone must press, or it escalates; 0: never.
	Acknowledge time.Duration
	// Digest is set for what can wait for the worker's next morning: nobody
	// waits for an answer, and nothing is broken.
	Digest bool
}

// Triggers holds the rule of every trigger (DOMAIN g).
var Triggers = map[Trigger]Rule{
	Distress:      {1, "now; please press within 15 minutes", "Wrote words that may mean danger.", "", 15 * time.Minute, false},
	AskedHuman:    {2, Today, "Asked to talk to a person.", "What would make this call most useful?", 0, false},
	LowScore:      {2, Today, "Gave a low number this week.", "How have you kept going?", 0, false},
	Drop:          {2, "within 1 working day", "This week's number is 2 or more lower than last time.", "What has stopped it being lower still?", 0, false},
	NoReply:       {3, "within 3 working days", "Two check-ins in a row had no reply.", "What would make these messages more use, or shall we change them?", 0, true},
	NotYet:        {3, "at the next contact", "The step has waited twice.", "What would be a step small enough to fit this week?", 0, true},
	NotStarted:    {3, "within 3 working days", "The first conversation was left unfinished.", "What would help you get started, or would another way suit you better?", 0, true},
	ChangedNumber: {2, Today, "Changed a number after I had taken it. I kept the first one.", "Which number fits better today?", 0, false},
	CannotRead:    {3, "within 3 working days", "Sent something the bot cannot read.", "What did you want to tell us?", 0, false},
	Milestone:     {4, "within the week", "Reached a milestone.", "How did you do that? What does it say about you?", 0, true},
	HalfTime:      {4, "within the week", "Looked back at half time.", "What is different from when we began?", 0, true},
	Finished:      {3, "within 3 working days", "Had the last check-in, and keeps a plan in their own words.", "What would you like to hold on to from these weeks?", 0, true},
	Undelivered:   {3, "within 3 working days", "Messages no longer reach them.", "What is the best way to reach you?", 0, false},
	Refused:       {3, "within 3 working days", "A message to them was refused, and I do not send it again. Others may still reach them.", "What was the last that you had from me?", 0, false},
	GivenUp:       {3, "within 3 working days", "A message to them could not be delivered for a day, and I gave it up. Later ones may reach them.", "What was the last that you had from me?", 0, false},
	Broken:        {3, "within 3 working days", "The check-in could not go on.", "", 0, false},

	// Answers to what the worker wrote: told at once, to act on when it suits.
	SaidYes:  {4, "at the next contact", "Said yes to what you proposed.", "What would make it a good first time for you?", 0, false},
	OwnWords: {4, "at the next contact", "Put what you proposed into their own words.", "What matters most to you in the way you put it?", 0, false},
	SaidNo:   {4, "at the next contact", "Said that what you proposed is not for them just now.", "What would suit you better just now, if anything?", 0, false},
	LeftOpen: {4, "at the next contact", "Left open what you proposed. I do not ask again.", "What would you like to do with the idea, if anything?", 0, false},
	NotAsked: {4, "at the next contact", "Was not asked about what you proposed: in two weeks there was no free moment for it.", "I had an idea. Would you like to hear it?", 0, false},
}
