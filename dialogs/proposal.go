package dialogs

import (
	"slices"
	"time"
)

// A worker may propose a goal in words of their own. It waits among the facts
// until the person has a free moment, and is then offered by the script of that
// name, word for word and as an offer; only what the person says to it makes a
// goal. When that moment is, the host decides.

// ProposalScript is the script that offers what a worker proposed.
const ProposalScript = "proposal"

// The facts that it works with. proposalFrom is the day from which on the person
// wants to be asked once more, and proposalUntil the first day on which it is
// too late to ask.
const (
	proposalWords = "proposal"
	proposalFrom  = "proposal_from"
	proposalUntil = "proposal_until"
)

// TakesProposals tells whether the scripts can offer what a worker proposes.
func (e *Edition) TakesProposals() bool {
	if e.scripts[ProposalScript] == nil {
		return false
	}
	for name, kind := range map[string]Kind{proposalWords: Text, proposalFrom: Date, proposalUntil: Date} {
		if e.facts[name].Kind != kind {
			return false
		}
	}
	return true
}

// Propose gives the state in which a worker's words wait to be offered, until a
// day on which it is too late. They wait too after a correction of the answer
// that came before them. One proposal waits at a time: the caller has asked
// Proposal.
func (s State) Propose(words string, until time.Time) State {
	return s.proposing(func(facts Values) Values {
		facts = facts.With(proposalWords, Value{Kind: Text, Text: words})
		facts = facts.With(proposalUntil, Value{Kind: Date, Text: until.Format(time.DateOnly)})
		return facts.Without(proposalFrom)
	})
}

// TakeBack gives the state without a proposal. It is not for one that is being
// offered: see Proposing.
func (s State) TakeBack() State {
	return s.proposing(func(facts Values) Values {
		return facts.Without(proposalWords, proposalUntil, proposalFrom)
	})
}

func (s State) proposing(change func(Values) Values) State {
	s.Facts = change(s.Facts)
	if s.Undo != nil {
		undo := *s.Undo
		undo.Before = undo.Before.proposing(change)
		s.Undo = &undo
	}
	return s
}

// Proposal is what waits to be offered, or is being offered: the worker's words,
// and the day from which on the person wants to be asked, "" for any; ok is
// false when nothing waits.
func (s State) Proposal() (words, from string, ok bool) {
	v, ok := s.Facts.Get(proposalWords)
	return v.Text, s.Facts.Text(proposalFrom), ok && v.Kind == Text
}

// Proposing tells whether the proposal is before the person now, or waits right
// behind the running dialog.
func (s State) Proposing() bool {
	return s.Session != nil && slices.ContainsFunc(s.Session.Frames, func(f Frame) bool { return f.Script == ProposalScript }) ||
		slices.ContainsFunc(s.Waiting, func(d Due) bool { return d.Script == ProposalScript })
}
