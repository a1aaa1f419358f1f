package dev.rota.agent.job;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rota.agent.file.Durable;
import dev.rota.agent.step.JobState;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is kept of one step: {@code spec} (the order, as it came), {@code progress}, {@code a<i>} for each action, {@code result}
 * when it has ended, {@code acked} when the coordinator has committed the result. Every file is either wholly there or not at all.
 */
final class JobDirectory {
    private static final byte[] HEADER = "rota-step 1\n".getBytes(StandardCharsets.US_ASCII);

    private final Path path;

    JobDirectory(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Writes the order; from then on the step exists. */
    void create(RunStep order) throws IOException {
        Durable.directories(path);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(HEADER);
        order.writeTo(bytes);
        Durable.write(path.resolve("spec"), bytes.toByteArray());
    }

    /** Whether the step exists. */
    boolean exists() {
        return Files.exists(path.resolve("spec"));
    }

    /** The order, as it came. */
    RunStep order() throws IOException {
        byte[] bytes = Files.readAllBytes(path.resolve("spec"));
        int n = HEADER.length;
        if (bytes.length < n || !Arrays.equals(bytes, 0, n, HEADER, 0, n)) {
            throw new IOException(path.resolve("spec") + " was not written by this version of the agent");
        }
        try {
            return RunStep.parseFrom(Arrays.copyOfRange(bytes, n, bytes.length));
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(path.resolve("spec") + " is broken", e);
        }
    }

    /** Where the step stands; empty if it has not begun. */
    Optional<JobState> progress() throws IOException {
        Optional<String> text = Durable.readText(path.resolve("progress"));
        return text.isPresent() ? Optional.of(StateCodec.decode(text.get())) : Optional.empty();
    }

    /** Records where the step stands; when this returns it survives a power failure. */
    void save(JobState state) throws IOException {
        Durable.write(path.resolve("progress"), StateCodec.encode(state));
    }

    /** The result, if the step has ended. */
    Optional<StepResult> result() throws IOException {
        Optional<byte[]> bytes = Durable.read(path.resolve("result"));
        return bytes.isPresent() ? Optional.of(StepResult.parseFrom(bytes.get())) : Optional.empty();
    }

    /** Records the result; when this returns it survives a power failure. */
    void finish(StepResult result) throws IOException {
        Durable.write(path.resolve("result"), result.toByteArray());
    }

    /** Records that the coordinator has committed the result. */
    void ack() throws IOException {
        Durable.write(path.resolve("acked"), Instant.now() + "\n");
    }

    boolean isAcked() {
        return Files.exists(path.resolve("acked"));
    }

    /** The directory of an action; each round of a repeated one has its own. */
    Path action(int index, int round) {
        return path.resolve(round == 0 ? "a" + index : "a" + index + "." + round);
    }
}
