package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// TakeReady leases the heads of lanes of a shard that may be attempted at now,
// and tells for each room whether more of it could be: bot.ErrFenced. If the
// answer is lost, the entries come back as Unsure when their lease has run out.
// An entry that cannot be opened is logged and left, and the other lanes go on.
func (s *Store) TakeReady(ctx context.Context, lease bot.Lease, now time.Time, rooms []bot.Room, life time.Duration) ([]bot.Leased, []bool, error) {
	shard, err := s.shardOf(lease)
	if err != nil {
		return nil, nil, err
	}
	args := make([]any, 0, 4+3*len(rooms))
	args = append(args, ownerText(lease), millis(now), millis(now.Add(life)), bandText(1))
	for _, r := range rooms {
		args = append(args, bandText(band(r.Platform, r.Class)), bandText(band(r.Platform, bot.Answer)), r.Most)
	}
	got, err := s.shared(ctx, takeScript, []string{
		s.keys.owner(lease.Name), s.keys.ready(shard), s.keys.out(shard), s.keys.values(shard),
		s.keys.tries(shard), s.keys.flying(shard), s.keys.pace(shard),
	}, args).StringSlice()
	if err != nil {
		return nil, nil, fmt.Errorf("store: take ready of %s: %w", lease.Name, err)
	}
	switch {
	case len(got) == 1 && got[0] == "fenced":
		return nil, nil, bot.ErrFenced
	case len(got) < 1+len(rooms) || (len(got)-1-len(rooms))%takenParts != 0 || got[0] != "done":
		return nil, nil, fmt.Errorf("store: take ready of %s: unknown answer", lease.Name)
	}
	more := make([]bool, len(rooms))
	for i, n := range got[1 : 1+len(rooms)] {
		more[i] = n != "0"
	}
	leased, err := s.takenEntries(ctx, got[1+len(rooms):])
	if err != nil {
		return nil, nil, fmt.Errorf("store: take ready of %s: %w", lease.Name, err)
	}
	return leased, more, nil
}

// takenParts is how many texts take.lua gives for an entry.
const takenParts = 8

// takenEntries opens the entries that take.lua gave.
func (s *Store) takenEntries(ctx context.Context, got []string) ([]bot.Leased, error) {
	var taken []stored
	for ; len(got) > 0; got = got[takenParts:] {
		e, err := takenEntry(got[:takenParts])
		if err != nil {
			return nil, err
		}
		taken = append(taken, e)
	}
	if err := s.openEntries(ctx, taken); err != nil {
		return nil, err
	}
	var leased []bot.Leased
	for _, e := range taken {
		if e.err != nil {
			s.log.Error("an outbox entry cannot be read and stays where it is", "entry", e.ID, "cause", e.err)
			continue
		}
		leased = append(leased, e.Leased)
	}
	return leased, nil
}

// stored is an outbox entry as it came from Redis, on its way to be opened.
type stored struct {
	bot.Leased
	sealed []byte
	err    error // why it could not be opened
}

func takenEntry(parts []string) (stored, error) {
	e := stored{sealed: []byte(parts[2])}
	e.Lane, e.ID, e.Unsure = parts[0], parts[1], parts[5] == "1"
	e.Conversation, _, _ = strings.Cut(e.Lane, ":")
	attempt, err := strconv.Atoi(parts[3])
	if err != nil {
		return e, errors.New("an attempt is not a number")
	}
	untried, err := strconv.Atoi(parts[4])
	if err != nil {
		return e, errors.New("what came to nothing is not a number")
	}
	since, err := strconv.ParseInt(parts[6], 10, 64)
	if err != nil {
		return e, errors.New("the first attempt has no instant")
	}
	arrived, err := strconv.Atoi(parts[7])
	if err != nil {
		return e, errors.New("what arrived is not a number")
	}
	e.Parts = arrived
	e.Attempt, e.Tries, e.Since = attempt, attempt-untried, time.UnixMilli(since).UTC()
	return e, nil
}

// openEntries reads the keys of all conversations at once and opens each
// envelope; why one cannot be opened is left in it.
func (s *Store) openEntries(ctx context.Context, entries []stored) error {
	wrapped := make(map[string]*redis.StringCmd)
	_, err := s.reads.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, e := range entries {
			if wrapped[e.Conversation] == nil {
				wrapped[e.Conversation] = p.HGet(ctx, s.keys.conversation(e.Conversation), "k")
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	for i := range entries {
		e := &entries[i]
		text, err := wrapped[e.Conversation].Bytes()
		if errors.Is(err, redis.Nil) {
			e.err = fmt.Errorf("no key of %s: %w", e.Conversation, ErrSealed)
			continue
		}
		if err != nil {
			return err
		}
		e.Envelope, e.err = s.openEnvelope(e.Conversation, text, e.ID, e.sealed)
	}
	return nil
}

func (s *Store) openEnvelope(conversation string, wrapped []byte, id string, sealed []byte) (bot.Envelope, error) {
	key, err := s.keyset.openDataKey(conversation, wrapped)
	if err != nil {
		return bot.Envelope{ID: id}, err
	}
	plain, err := key.open(outboxField, id, sealed)
	if err != nil {
		return bot.Envelope{ID: id}, err
	}
	return readEnvelope(id, plain)
}

// Settle ends an attempt, and tells whether the lane has another entry that may
// leave now: bot.ErrFenced. Settling an attempt again changes nothing, so a caller
// whose answer was lost repeats the call.
func (s *Store) Settle(ctx context.Context, lease bot.Lease, l bot.Leased, o bot.Outcome) (more bool, err error) {
	shard, err := s.shardOf(lease)
	if err != nil {
		return false, err
	}
	if o.Done && o.Dead || !o.Done && !o.Dead && o.Retry.IsZero() {
		return false, fmt.Errorf("store: settle %s: exactly one of done, dead and retry must be said", l.ID)
	}
	verdict, unsure := "retry", "0"
	var retry, replyDue any = "", ""
	switch {
	case o.Done:
		verdict = "done"
	case o.Dead:
		verdict = "dead"
	default:
		retry = millis(o.Retry)
	}
	if o.Unsure {
		unsure = "1"
	}
	if !o.ReplyDue.IsZero() {
		replyDue = millis(o.ReplyDue)
	}
	untried, alone := "0", int64(0)
	if o.Untried {
		untried = "1"
	}
	if !o.Alone.IsZero() {
		alone = millis(o.Alone)
	}
	now := s.now()
	answer, err := s.shared(ctx, settleScript,
		[]string{
			s.keys.owner(lease.Name), s.keys.ready(shard), s.keys.out(shard), s.keys.values(shard),
			s.keys.tries(shard), s.keys.dead(shard), s.keys.conversation(l.Conversation), s.keys.due(shard),
			s.keys.flying(shard), s.keys.pace(shard),
		},
		[]any{ownerText(lease), l.Lane, l.ID, l.Attempt, verdict, retry, unsure, l.Token, replyDue,
			l.Conversation, now.UnixMilli(), now.Add(-deadLife).UnixMilli(), o.Reason,
			bandText(band(l.Chat.Platform, bot.Answer)), bandText(1), millis(o.At),
			o.Pace.Every.Milliseconds(), o.Pace.Ahead().Milliseconds(), alone, untried, o.Parts}).Text()
	if err != nil {
		return false, fmt.Errorf("store: settle %s: %w", l.ID, err)
	}
	switch answer {
	case "done", "more":
		return answer == "more", nil
	case "fenced":
		return false, bot.ErrFenced
	}
	return false, fmt.Errorf("store: settle %s: unknown answer %q", l.ID, answer)
}
