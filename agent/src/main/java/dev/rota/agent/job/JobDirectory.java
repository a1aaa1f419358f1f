package dev.rota.agent.job;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rota.agent.file.Durable;
import dev.rota.agent.step.JobState;
import dev.rota.wire.agent.v1.RunStep;
import dev.rota.wire.agent.v1.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is kept of one step: the file {@code step} with the order, as it came, the states and the result; {@code a<i>} for each action;
 * {@code acked} when the coordinator has committed the result.
 */
final class JobDirectory {
    private final Path path;
    private final StepFile file;

    JobDirectory(Path path) {
        this.path = path;
        this.file = new StepFile(path.resolve("step"));
    }

    Path path() {
        return path;
    }

    /** Writes the order; from then on the step exists. */
    void create(RunStep order) throws IOException {
        Path rollout = path.resolveSibling("");
        Durable.directories(rollout);
        Durable.directory(path);
        file.create(order.toByteArray());
        // the step was known to nobody before: it does not matter in which order these reach the disk
        Durable.sync(path);
        Durable.sync(rollout);
    }

    /** Whether the step exists: its order was written in full. */
    boolean exists() throws IOException {
        return file.read().containsKey(StepFile.Kind.ORDER);
    }

    /** The order, as it came. */
    RunStep order() throws IOException {
        byte[] bytes = file.read().get(StepFile.Kind.ORDER);
        if (bytes == null) {
            throw new IOException(path + " holds no step");
        }
        try {
            return RunStep.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(path + " holds a broken step", e);
        }
    }

    /** Where the step stands; empty if it has not begun. */
    Optional<JobState> progress() throws IOException {
        byte[] text = file.read().get(StepFile.Kind.STATE);
        return text == null
                ? Optional.empty()
                : Optional.of(StateCodec.decode(new String(text, StandardCharsets.UTF_8)));
    }

    /** Records where the step stands; when this returns it survives a power failure. */
    void save(JobState state) throws IOException {
        file.append(StepFile.Kind.STATE, StateCodec.encode(state).getBytes(StandardCharsets.UTF_8));
    }

    /** The result, if the step has ended. */
    Optional<StepResult> result() throws IOException {
        byte[] bytes = file.read().get(StepFile.Kind.RESULT);
        return bytes == null ? Optional.empty() : Optional.of(StepResult.parseFrom(bytes));
    }

    /** Records the result; when this returns it survives a power failure. */
    void finish(StepResult result) throws IOException {
        file.append(StepFile.Kind.RESULT, result.toByteArray());
    }

    /** Records that the coordinator has committed the result. If this is lost with the power, the result is told once more. */
    void ack() throws IOException {
        try {
            Files.createFile(path.resolve("acked"));
        } catch (FileAlreadyExistsException e) {
            // so it was told twice
        }
    }

    boolean isAcked() {
        return Files.exists(path.resolve("acked"));
    }

    /** The directory of an action; each round of a repeated one has its own. */
    Path action(int index, int round) {
        return path.resolve(round == 0 ? "a" + index : "a" + index + "." + round);
    }
}
