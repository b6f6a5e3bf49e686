package store

import (
	"hash/fnv"
	"strconv"

	"onestep/bot"
)

// keys spells every key, with its Redis type and its life span. What one
// script touches shares a hash tag. Names are short because each patient has
// several of them. A platform's ids stand in them only as keyed hashes.
type keys struct {
	prefix string
	shards int
}

// shard is the number of a conversation's shard. It must never change, since
// it says where things lie.
func (k keys) shard(conversation string) int {
	h := fnv.New32a()
	h.Write([]byte(conversation))
	return int(h.Sum32() % uint32(k.shards))
}

func (k keys) in(shard int, rest string) string {
	return k.prefix + "{" + bot.Shard(shard) + "}" + rest
}

func (k keys) of(kind, conversation string) string {
	return k.in(k.shard(conversation), kind+conversation)
}

// conversation: hash; v version and stamp, s sealed state, t sealed older lines of the
// journal, k wrapped data key, r reply timer as "due in ms or nothing|token", m
// mark of the last chat that was moved away. For ever: it is the record.
func (k keys) conversation(id string) string { return k.of(":c:", id) }

// journal: list of sealed blocks, the lines before those of the record. For ever: it is the record.
func (k keys) journal(id string) string { return k.of(":j:", id) }

// secrets: sorted set, hash of a code -> ms it ends; for erasing. Ends with
// the last of them.
func (k keys) secrets(id string) string { return k.of(":i:", id) }

// secret: string, conversation id and sealed value. Ends with the secret.
func (k keys) secret(shard int, hash string) string { return k.in(shard, ":k:"+hash) }

// due: sorted set, conversation -> ms of its earliest timer. For ever: it
// mirrors the conversations.
func (k keys) due(shard int) string { return k.in(shard, ":due") }

// urgent: sorted set, conversation -> ms of its earliest timer that answers or
// protects. It only says who goes first: all of them are in due too. For ever: it
// mirrors the conversations.
func (k keys) urgent(shard int) string { return k.in(shard, ":urg") }

// out: sorted set, all scores 0: outbox entries in the order they leave, see
// member. For ever: an entry goes when it is settled.
func (k keys) out(shard int) string { return k.in(shard, ":out") }

// values: hash, entry id -> sealed envelope, for the waiting and the dead. For
// ever: goes with its entry.
func (k keys) values(shard int) string { return k.in(shard, ":val") }

// tries: hash, entry id -> attempts made, see take.lua. For ever: goes with its
// entry.
func (k keys) tries(shard int) string { return k.in(shard, ":try") }

// flying: hash, lane -> "id band" of the entry in flight. For ever: goes when
// the attempt is settled.
func (k keys) flying(shard int) string { return k.in(shard, ":fly") }

// ready: sorted set, lane -> its band and when it may be attempted, see band.
// For ever: a lane goes with its last entry.
func (k keys) ready(shard int) string { return k.in(shard, ":rdy") }

// pace: sorted set, lane -> ms before which its chat is to be left alone, and "" -> ms
// of the last note, see settle.lua. Ends a minute after the last of them.
func (k keys) pace(shard int) string { return k.in(shard, ":pace") }

// places: hash, see places.lua. For ever: one small one a platform. It has a slot
// of its own, since all shards share it.
func (k keys) places(platform string) string { return k.prefix + "p:" + platform }

// dead: sorted set, member -> ms it was given up. For ever: each member goes
// after deadLife.
func (k keys) dead(shard int) string { return k.in(shard, ":dead") }

// shelf: hash, update id -> sealed time and update, of one platform's updates that
// wait to be stored. For ever: each goes when it is stored.
func (k keys) shelf(shard int, platform string) string { return k.in(shard, ":shelf:"+platform) }

// mark: string, empty; what a batch of writes ends with, see confirmed, and
// what asks whether writes are taken. Ends after a second.
func (k keys) mark(shard int) string { return markKey(k.prefix, bot.Shard(shard)) }

// markKey is the mark beside the keys of one hash tag.
func markKey(prefix, tag string) string { return prefix + "w:{" + tag + "}" }

// owner: string, "fence holder". Ends with the lease. A shard's lease has the
// shard's slot, so that scripts can check it beside what it guards.
func (k keys) owner(lease string) string { return k.prefix + "{" + lease + "}:own" }

// fence: string, how often the lease changed hands. For ever: it must grow.
func (k keys) fence(lease string) string { return k.prefix + "{" + lease + "}:fence" }

// alive: sorted set, holder -> ms until which it counts as alive. Ends with
// the last of them.
func (k keys) alive() string { return k.prefix + "alive" }

// chat: string, id of the conversation that a chat was moved to. For ever: it
// is the record.
func (k keys) chat(hash string) string { return k.prefix + "h:" + hash }

// claim: string, its holder, or "-" if that was erased. Ends when the claim says so.
func (k keys) claim(hash string) string { return k.prefix + "n:" + hash }

// edition: string, format byte and deflated source. For ever: running
// sessions are pinned to it, and an edition is about as big as one patient.
func (k keys) edition(id string) string { return k.prefix + "e:" + id }

// base: hash; what this Redis was filled with. For ever: it is checked at
// every start.
func (k keys) base() string { return k.prefix + "base" }

// lane names the lane from a conversation to a target, which is "c" and the
// hash of a chat, or "l" and the conversation that a letter goes to.
func lane(conversation, target string) string { return conversation + ":" + target }

// member is an entry of the outbox in the order in which entries leave: by
// lane, class, turn and place. The widths are fixed, so that text order is
// number order.
func member(lane string, class bot.Class, turn uint64, place int, id string) string {
	b := make([]byte, 0, len(lane)+len(id)+20)
	b = strconv.AppendInt(append(append(b, lane...), ':'), int64(class), 10)
	b = appendFixed(appendFixed(append(b, ':'), turn, 16, 13), uint64(place), 16, 3)
	return string(append(append(b, ':'), id...))
}

// appendFixed writes a number to a base in so many digits at least.
func appendFixed(dst []byte, n uint64, base, digits int) []byte {
	var text [64]byte
	number := strconv.AppendUint(text[:0], n, base)
	for range digits - len(number) {
		dst = append(dst, '0')
	}
	return append(dst, number...)
}
