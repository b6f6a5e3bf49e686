package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// deadLife is how long a message that was given up is kept, for the operator, who
// sees it with export: longer than a holiday. The worker is told when it happens.
const deadLife = 30 * 24 * time.Hour

// Dead is an outbox entry that was given up.
type Dead struct {
	bot.Envelope
	Conversation string
	// Attempts counts those in which the message may have left.
	Attempts int
	// Unsure is true when one of the attempts may have arrived.
	Unsure bool
	Since  time.Time // the first attempt
	At     time.Time // given up
	Reason string
}

// Dead gives the entries given up since an instant, oldest first, of all
// conversations. They are kept for 30 days. One that cannot be opened has its
// ID alone.
func (s *Store) Dead(ctx context.Context, since time.Time) ([]Dead, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	var all []Dead
	for shard := range s.keys.shards {
		members, err := s.reads.ZRangeByScoreWithScores(ctx, s.keys.dead(shard),
			&redis.ZRangeBy{Min: strconv.FormatInt(millis(since), 10), Max: "+inf"}).Result()
		if err != nil {
			return nil, fmt.Errorf("store: dead: %w", err)
		}
		if len(members) == 0 {
			continue
		}
		some, err := s.deadOf(ctx, shard, members)
		if err != nil {
			return nil, fmt.Errorf("store: dead: %w", err)
		}
		all = append(all, some...)
	}
	slices.SortStableFunc(all, func(a, b Dead) int { return a.At.Compare(b.At) })
	return all, nil
}

func (s *Store) deadOf(ctx context.Context, shard int, members []redis.Z) ([]Dead, error) {
	ids := make([]string, len(members))
	for i, m := range members {
		text := m.Member.(string)
		ids[i] = text[strings.LastIndexByte(text, ':')+1:]
	}
	values, err := s.reads.HMGet(ctx, s.keys.values(shard), ids...).Result()
	if err != nil {
		return nil, err
	}
	tries, err := s.reads.HMGet(ctx, s.keys.tries(shard), ids...).Result()
	if err != nil {
		return nil, err
	}
	entries, dead := make([]stored, len(ids)), make([]Dead, len(ids))
	for i, id := range ids {
		value, _ := values[i].(string)
		try, _ := tries[i].(string)
		entries[i].ID, entries[i].sealed = id, []byte(value)
		entries[i].Conversation, _, _ = strings.Cut(members[i].Member.(string), ":")
		dead[i] = Dead{Conversation: entries[i].Conversation, At: time.UnixMilli(int64(members[i].Score)).UTC()}
		dead[i].read(try)
	}
	if err := s.openEntries(ctx, entries); err != nil {
		return nil, err
	}
	for i := range entries {
		dead[i].Envelope = entries[i].Envelope
	}
	return dead, nil
}

// read takes "attempts flying unsure since member reason" apart, where before the
// reason may stand how many attempts came to nothing, and how many parts arrived;
// see settle.lua.
// One that vanished between two reads stays empty.
func (d *Dead) read(try string) {
	parts := strings.SplitN(try, " ", 6)
	if len(parts) != 6 {
		return
	}
	d.Attempts, _ = strconv.Atoi(parts[0])
	if first, rest, _ := strings.Cut(parts[5], " "); rest != "" {
		if untried, err := strconv.Atoi(first); err == nil {
			d.Attempts, parts[5] = d.Attempts-untried, rest
		}
		if arrived, reason, _ := strings.Cut(parts[5], " "); reason != "" {
			if _, err := strconv.Atoi(arrived); err == nil {
				parts[5] = reason
			}
		}
	}
	since, _ := strconv.ParseInt(parts[3], 10, 64)
	d.Unsure, d.Since, d.Reason = parts[2] == "1", time.UnixMilli(since).UTC(), parts[5]
}

// Backlog is how much waits in the outbox.
type Backlog struct {
	// Lanes are the chats with something to come, by what is next in each: room
	// by room as asked for. Of those in flight none counts.
	Lanes []int
	// Dead are the entries given up in the last 30 days.
	Dead int
}

// Backlog counts what waits, for the rooms given; their Most does not count.
func (s *Store) Backlog(ctx context.Context, rooms []bot.Room) (Backlog, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	b := Backlog{Lanes: make([]int, len(rooms))}
	var lanes [][]*redis.IntCmd
	var dead []*redis.IntCmd
	_, err := s.reads.Pipelined(ctx, func(p redis.Pipeliner) error {
		for shard := range s.keys.shards {
			var of []*redis.IntCmd
			for _, r := range rooms {
				at := band(r.Platform, r.Class)
				of = append(of, p.ZCount(ctx, s.keys.ready(shard), bandText(at), "("+bandText(at+1)))
			}
			lanes = append(lanes, of)
			dead = append(dead, p.ZCard(ctx, s.keys.dead(shard)))
		}
		return nil
	})
	if err != nil {
		return Backlog{}, fmt.Errorf("store: backlog: %w", err)
	}
	for shard := range lanes {
		for i, n := range lanes[shard] {
			b.Lanes[i] += int(n.Val())
		}
		b.Dead += int(dead[shard].Val())
	}
	return b, nil
}
