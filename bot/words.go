package bot

import (
	"maps"
	"slices"
	"strings"
)

// workersLanguage is what workers and leads are written to in.
const workersLanguage = "en"

// What workers and leads read, in one place. Patients' words are in
// dialogs/checkins.
const (
	wordsWorkerWelcome = "Hello %s. You are now a link worker of %s here. I am a computer helper. I hold short weekly check-ins with the people you invite. I tell you when one of them may want a person."
	wordsWorkerHelp    = "You can write:\n" +
		"invite - a one-time link for a new person\n" +
		"caseload - the people you invited\n" +
		"nudges - what is open\n" +
		"show Wren-417 - one person's numbers and latest words (each look is recorded)\n" +
		"why Wren-417 - why I last wrote to them, and what comes next\n" +
		"zone Wren-417 Asia/Karachi - the time zone they are in, where their app does not tell me\n" +
		"propose Wren-417 a walk with the group - I offer it in your words, and they decide (propose Wren-417 off)\n" +
		"name Sam - the name that people see\n" +
		"reflect - a few questions about your own work, for you alone (reflect monthly, reflect off)\n" +
		"link - use another app as well"
	wordsLeadHelp = "As a lead you can also write:\nworker Sam - a one-time link for a new link worker\n" +
		"workers - the link workers of your team\n" +
		"remove Sam to Jo - Sam has left, and Jo takes over their people (or: remove Sam to me)"
	wordsLeadsAlone  = "Only a lead can do that. Please ask your lead."
	wordsWorkers     = "With you in your team:"
	wordsNoWorkers   = "There is nobody else in your team yet. Write worker and a name to add somebody."
	wordsNoWorker    = "Nobody else in your team is called that here. Write workers to see who there is."
	wordsManyWorkers = "More than one is called that here. Please have one of them write name and another name first."
	wordsRemoveTo    = "%s has this in hand: %s. Who takes it over? Write: remove %s to, and the name of a colleague; or: remove %s to me"
	wordsRemoveSame  = "They cannot take over from themselves. Please name somebody else, or write me."
	wordsRemoveLead  = "%s is a lead or the duty contact by the settings. Please have them taken out of onestep.yaml first."
	wordsRemoveAlert = "%s wrote words that may mean danger, and nobody has closed that yet. Please see to it first."
	wordsRemoveLater = "Somebody else is being taken out of your team just now. Please try again in a minute."
	wordsRemoveHeir  = "%s is no longer a link worker of your team, so %s is still here. Please name somebody else."
	wordsRemoved     = "%s is no longer a link worker here and gets no more messages from me. %s takes over their people and what is open with them. People are not told of it by me: please see that somebody tells them."
	wordsTakesOver   = "%s is no longer a link worker here, and you take over."
	wordsTakenOver   = "On your caseload now: %s. They read your name from now on. I have not told them why: please do, in your own words."
	wordsOpenThere   = "Open with them: %d. Write nudges to see it."

	wordsInvitation       = "%s is the code for this person here. Please note who it is in your own records, not here.\nAgree with them that chat is right for them, then give them this. It works once, for 14 days.\n%s"
	wordsWorkerInvitation = "Please give this to %s. It works once, for 7 days.\n%s"
	wordsEnrolled         = "%s has started."
	wordsNeedName         = "First tell me the name that people should see, such as: name Sam"
	wordsWorkerNeedsName  = "Please write the name as well, such as: worker Sam"
	wordsNamed            = "Thank you. People will see the name %s."
	wordsLeadsOnly        = "Only a lead can add a link worker. Please ask your lead."
	wordsCaseload         = "You have %d here:"
	wordsNoCaseload       = "Nobody has used an invitation of yours yet. Write invite to make one."
	wordsNoNudges         = "Nothing is open."
	wordsShowWhom         = "Please write the code as well, such as: show Wren-417. Write caseload to see yours."
	wordsWhyWhom          = "Please write the code as well, such as: why Wren-417. Write caseload to see yours."
	wordsZoneHow          = "Please write the code and then where they are, such as: zone Wren-417 Europe/London. Write caseload to see yours."
	wordsZoneUnknown      = "I do not know a time zone called “%s”. Please write its part of the world and its city, such as Europe/London, Asia/Karachi or America/New_York. If theirs is not known to me, a larger city with the same clock will do."
	wordsZone             = "%s: I go by %s, where it is %s now. "
	wordsZoneSet          = "Their check-ins come at the same time of day as before, by that clock. I have not written to them about it."
	wordsZoneOther        = "For another, write: zone %s Asia/Karachi"
	wordsZoneTold         = "%s tells me that itself. If it is wrong, they can change it in their settings there."
	wordsNotYours         = "That code is not on your caseload. Write caseload to see yours."
	wordsWorkerOnlyWords  = "I can only read new messages in words. Write help to see what I understand."

	wordsReflectionMonthly = "I will ask on the first Tuesday of each month. The next time is %s. Your answers are yours alone, and are not kept. Write reflect off to end it."
	wordsReflectionOff     = "That is over, and I will not ask again. Write reflect for a few questions now, or reflect monthly to have them each month."
	wordsReflectionLater   = "That is fine. Write reflect when it suits you."
	wordsReflectionHow     = "Please write reflect for a few questions now, or reflect monthly to have them each month. Write reflect off to end that."
	wordsReflectionHelp    = "These questions are for you alone: nobody else sees your answers, and they are not kept. Send SKIP to leave one out, BACK to change one, or STOP to end. For your own support, please talk with your lead or supervisor. The question above is still open."

	wordsProposeHow       = "Please write the code and then what you propose, such as: propose Wren-417 a walk with the group on Thursday. They read your words as an offer, and decide."
	wordsProposeLong      = "That is too long to offer in one message. At most %d letters, please."
	wordsProposeQuestion  = "Please write it without a question mark, as the thing itself, such as: a walk with the group on Thursday. I ask what they would like to do with it."
	wordsProposeTelling   = "“%s” may read as being told. Please write only the thing itself, such as: a walk with the group on Thursday. They decide."
	wordsProposalOff      = "They decide, and I tell you what they say. To take it back before they are asked: propose %s off"
	wordsProposalLanguage = "They read %s here. If your words are in another language, please take them back and write them in that one."

	wordsErased = "%s: All that I kept of this person has been erased, as was asked. The code is no longer on your caseload. Your own records are not touched."

	wordsNudgeGone     = "That one is already closed. Write nudges to see what is open."
	wordsDone          = "Done, and noted: %s: %s"
	wordsTaken         = "%s: %s is on it. It stays on your list until it is done."
	wordsTakenClosed   = "%s: %s has closed this alert."
	wordsDigest        = "Good morning. What has come together, none of it urgent:"
	wordsDigestMore    = "And %d more."
	wordsDigestActs    = "Write nudges for what you could ask, and to mark them done."
	wordsWithdrawn     = "%s has changed or taken back an answer. What I sent no longer holds: %s"
	wordsSnoozed       = "I will remind you of %s in 24 hours."
	wordsNewer         = "That button was from before the newest words, so nothing has changed. Please press here:"
	wordsHandedBack    = "%s was on this alert and cannot be reached now. It needs another person."
	wordsEscalated     = "Nobody has pressed this alert yet. It needs a person now."
	wordsOn            = "Somebody is on this alert, and it is still open. Please press Done once a person has spoken with them, or see who can."
	wordsOwnFalseAlarm = "Sorry if I got that wrong. I would rather check. A colleague has looked, and it is closed."
	wordsUnposted      = "A message to the channel of %s could not be delivered. Please see that I am in that channel and may write there."
	wordsReadMore      = "To read more: show %s"
	wordsReadAlert     = "To read what they wrote: show %s"
	wordsTheirWords    = "What they wrote, from this alert on:"
	wordsWrote         = "Has written again."
	wordsStillOpen     = "The alert is still open."
	wordsTheirWorker   = "Their link worker is %s, who knows whose code this is."
	wordsAway          = "%s cannot be reached: a message to them did not arrive. Please see who takes over what is open with them:"
	wordsAwayAlone     = "%s cannot be reached: a message to them did not arrive."
	wordsAwayLeft      = "If they have left the team, write remove and their name."
	wordsAwayUntil     = "I tell you of anything new until they write to me again."
	wordsMissed        = "Messages to you did not arrive lately. Write nudges to see what is open."
	wordsProtocol      = "Please follow your local protocol. They were given the emergency numbers."
)

// alertWords are what those read who are told of an alert, by whom it is about,
// with the code or name put in.
var alertWords = map[About]struct{ told, seen, wrong string }{
	aboutPatient: {
		seen:  "Thank you. %s is with you. Press Done when a person has spoken with them; until then nothing is sent to them.",
		wrong: "Thank you. I have told %s that I may have got it wrong.",
	},
	aboutColleague: {
		told:  "%s, a colleague of yours, wrote words to me that may mean danger, for themselves or for somebody else.\nPlease reach them now, and press within 15 minutes. They were given the emergency numbers.",
		seen:  "Thank you. %s is with you. Press Done when a person has spoken with them.",
		wrong: "Thank you. I have told %s that I may have got it wrong.",
	},
	aboutUnkept: {
		told:  "%s: Wrote words that may mean danger. Their record cannot be stored just now, so I cannot show what they wrote.\nPlease reach them now, and press within 15 minutes. They were given the emergency numbers. If you cannot tell who it is, call whoever runs onestep: the alert comes again, with the code, once the record is mended.",
		seen:  "Thank you. %s is with you. Press Done when a person has spoken with them.",
		wrong: "Thank you. The alert of %s is closed.",
	},
}

// wordsBare is an alert that nothing could be kept of, with the platform.
const wordsBare = "Somebody who writes to me on %s used words that may mean danger. I cannot reach my store, so I cannot say who it is, and nothing can be pressed here. They were given the emergency numbers.\nPlease call whoever runs onestep now. The alert comes again, with the code, once the store is back."

// wordsSomebody stands for the code of somebody whom no caseload names.
const wordsSomebody = "Somebody on %s"

// wordsProposal says what became of a proposal that the patient has not been
// asked about yet.
var wordsProposal = map[proposalState]string{
	proposalWaits:       "Thank you. I will offer it to %s in your words, at their next free moment.",
	proposalPaused:      "Thank you. %s is on a break. I will offer it in your words when that is over, if it is within two weeks.",
	proposalHeld:        "Thank you. Messages to %s are on hold until the alert is marked done. I will offer it in your words after that.",
	proposalOne:         "%[1]s has something waiting that you proposed before, and is asked about one thing at a time. To put this in its place, first write: propose %[1]s off",
	proposalStopped:     "%s has stopped the messages, so I cannot ask. You could bring it up when you next speak.",
	proposalSince:       "%s has stopped the messages before they answered what you proposed. You could bring it up when you next speak, if they would like that.",
	proposalDone:        "%s has had the last check-in, so I do not write first. You could bring it up when you next speak.",
	proposalUnreachable: "Messages do not reach %s, so I cannot ask. What is the best way to reach them?",
	proposalBack:        "Taken back. %s was not asked.",
	proposalAsked:       "%s has been asked already, and decides.",
	proposalNone:        "Nothing that you proposed waits for %s.",
}

// title is a platform's name as people write it.
func title(platform string) string {
	return strings.ToUpper(platform[:1]) + platform[1:]
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
