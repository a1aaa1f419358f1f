package dev.rota.cli.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.rota.wire.operator.v1.AddReleaseRequest;
import dev.rota.wire.operator.v1.ImportNotesRequest;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.NotesImport;
import dev.rota.wire.operator.v1.Release;
import dev.rota.wire.operator.v1.ReleaseHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sends files in pieces over a transfer that has been started. */
final class Upload {
    private Upload() {}

    /** A release: the header, then the artifact. */
    static Release release(
            Transfer<AddReleaseRequest, Release> transfer,
            ReleaseHeader header,
            Path artifact,
            TransferListener listener)
            throws IOException, InterruptedException {
        boolean complete = false;
        try {
            transfer.begin(AddReleaseRequest.newBuilder().setHeader(header).build());
            listener.sent(0);
            send(
                    artifact,
                    listener,
                    piece -> transfer.put(
                            AddReleaseRequest.newBuilder().setData(piece).build()));
            Release release = transfer.finish();
            complete = true;
            return release;
        } finally {
            if (!complete) {
                transfer.cancel();
            }
        }
    }

    /** Notes: the header, then each note's description and bytes. */
    static NotesImport notes(
            Transfer<ImportNotesRequest, NotesImport> transfer, NotesHeader header, List<LocalNote> notes)
            throws IOException, InterruptedException {
        boolean complete = false;
        try {
            transfer.begin(ImportNotesRequest.newBuilder().setHeader(header).build());
            boolean open = true;
            for (LocalNote note : notes) {
                open = open
                        && transfer.put(ImportNotesRequest.newBuilder()
                                .setNote(note.description())
                                .build());
                open = open
                        && send(
                                note.file(),
                                bytes -> {},
                                piece -> transfer.put(ImportNotesRequest.newBuilder()
                                        .setData(piece)
                                        .build()));
            }
            NotesImport answer = transfer.finish();
            complete = true;
            return answer;
        } finally {
            if (!complete) {
                transfer.cancel();
            }
        }
    }

    /** Takes a piece; false when no more is wanted. */
    private interface Sink {
        boolean put(ByteString piece) throws InterruptedException;
    }

    private static boolean send(Path file, TransferListener listener, Sink sink)
            throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(file)) {
            long sent = 0;
            byte[] piece = in.readNBytes(Transfer.PIECE);
            while (piece.length > 0) {
                if (!sink.put(UnsafeByteOperations.unsafeWrap(piece))) {
                    return false;
                }
                sent += piece.length;
                listener.sent(sent);
                piece = in.readNBytes(Transfer.PIECE);
            }
            return true;
        }
    }
}
