package dev.rota.load.xmpp;

/**
 * What the XMPP clients counted.
 *
 * @param sessions sessions that were kept up
 * @param logins successful logins and resumptions
 * @param resumed how many of these took an earlier session up again
 * @param disconnects sessions that were lost while they were wanted
 * @param authFailures logins the server refused
 * @param connectFailures attempts to connect that failed before a login was answered
 * @param reconnectMaxMs longest time from losing a session to having it again
 * @param sent messages handed to the server, each counted once however often it was sent
 * @param received messages that arrived, each counted once
 * @param duplicates further arrivals of messages that had arrived before
 * @param bounced messages the server sent back
 * @param lost messages that were sent and did not arrive
 */
public record XmppFigures(
        int sessions,
        long logins,
        long resumed,
        long disconnects,
        long authFailures,
        long connectFailures,
        long reconnectMaxMs,
        long sent,
        long received,
        long duplicates,
        long bounced,
        long lost) {}
