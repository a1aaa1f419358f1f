package dev.rota.agent.action;

import dev.rota.agent.exec.CommandLine;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs a command; it outlives the agent and runs once for each action directory. */
final class RunAction implements Action<Work.Run> {
    @Override
    public Done perform(Work.Run work, Task task) throws ActionFailure, IOException, InterruptedException {
        CommandLine command = task.context().commandLine(work);
        JobCommands.Ended ended = JobCommands.run(command, task);
        Optional<Refusal> refusal = refusal(work, ended.exit(), ended.output());
        if (refusal.isPresent()) {
            throw new ActionFailure(
                    refusal.get().code(),
                    "'" + command.text() + "' " + refusal.get().text(),
                    ended.output());
        }
        return new Done(ended.at(), ended.spentMs(), Map.of(), ended.output());
    }

    @Override
    public boolean leavesTraces() {
        return true;
    }

    @Override
    public String evidence(Work.Run work) throws IOException {
        return LogTail.of(work.log());
    }

    @Override
    public boolean canResume(Work.Run work, Task task, boolean sameBoot) throws IOException {
        return JobCommands.canResume(task, sameBoot);
    }

    /** Why a command's end does not count as success. */
    record Refusal(Code code, String text) {}

    /** Judges exit code and output of a command, also for conditions and queries. */
    static Optional<Refusal> refusal(Work.Run work, int exit, String output) {
        List<Integer> accepted = work.exit();
        if (!accepted.isEmpty() && !accepted.contains(exit)) {
            String expected = accepted.stream().map(String::valueOf).collect(Collectors.joining(" or "));
            String said = output.isBlank() ? "" : ": " + Expectations.excerpt(output);
            return Optional.of(
                    new Refusal(Code.EXIT_STATUS, "ended with exit code " + exit + ", not " + expected + said));
        }
        return Expectations.broken(output, work.expect(), work.reject())
                .map(text -> new Refusal(
                        Code.UNEXPECTED_OUTPUT, "ended, but its output " + text + ": " + Expectations.excerpt(output)));
    }
}
