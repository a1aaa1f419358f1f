package dev.rota.bench;

import dev.rota.contract.Version;
import dev.rota.coordinator.notes.NotesReader;
import dev.rota.coordinator.notes.Phrases;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.text.NoteBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reading notes, beside bare decoding of the same bytes. */
final class Notes implements Benchmark {
    private static final int MB = 1 << 20;
    private static final String PARAGRAPH = """
            ## Upgrade to 2.1

            If you use MySQL, add the new column before the first node is upgraded. A rolling upgrade is possible, and nodes of both
            releases can run side by side for a while.

            - Erlang/OTP 25 or newer is required.
            - Restart the proxy afterwards.

            ```sql
            ALTER TABLE archive ADD COLUMN origin text NOT NULL DEFAULT '';
            ```

            """;

    @Override
    public String name() {
        return "notes";
    }

    @Override
    public void run(Ground ground) throws Exception {
        for (int size : new int[] {1, 10}) {
            byte[] note = note(size * MB);
            Rates.print(
                    "notes read, MB a second, one note of " + size + " MB",
                    Rates.best(() -> reading(note)),
                    Rates.best(() -> decoding(note)));
        }
    }

    private static double reading(byte[] note) {
        NotesReader reader = new NotesReader(Phrases.general("demo"));
        long start = System.nanoTime();
        reader.read(
                List.of(NoteBytes.decode("note.md", note)),
                new Hop(Version.parse("2.0"), Version.parse("2.1")),
                Assumptions.none());
        return Rates.perSecond((double) note.length / MB, start);
    }

    private static double decoding(byte[] note) {
        long start = System.nanoTime();
        int length = new String(note, StandardCharsets.UTF_8).length();
        double rate = Rates.perSecond((double) note.length / MB, start);
        return length == note.length ? rate : 0;
    }

    private static byte[] note(int size) {
        byte[] paragraph = PARAGRAPH.getBytes(StandardCharsets.UTF_8);
        byte[] note = new byte[size / paragraph.length * paragraph.length];
        for (int at = 0; at < note.length; at += paragraph.length) {
            System.arraycopy(paragraph, 0, note, at, paragraph.length);
        }
        return note;
    }
}
