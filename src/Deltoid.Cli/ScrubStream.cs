using Deltoid.Batch;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>Scrubs one 837 file or stream on all cores, and continues where an earlier run was stopped.</summary>
sealed class ScrubStream(Terminal terminal, FindingsOutput output, PatientHistory? history, Journal? journal,
    Func<FindingInfo, bool>? keeps)
{
    /// <summary>Runs to the end; the totals say what came of it.</summary>
    /// <param name="earlier">Where an earlier run stopped, or null.</param>
    /// <exception cref="InputException">The input is not the one of the earlier run.</exception>
    public Totals Run(X12Input input, Journal.Entry? earlier, bool progress, CancellationToken stop)
    {
        var source = new BlockSource(input.Stream);
        if (earlier is not null) source.Expect(earlier.Read, earlier.Fingerprint);
        ScrubRun run = null!;
        run = new ScrubRun(source, terminal.Book, history, () => output.Writer(input.File, many: true),
            (text, totals) =>
            {
                output.Put(text, totals.Items);
                // an item that is held back is in no output that a later run could continue
                if (output.IsWhole) journal?.Write(run.Blocks + 1, output.Written, source, Sum(run.Totals, totals));
            }, keeps) { Edits = terminal.Edits };
        if (earlier is not null) run.Totals.Add(earlier.Totals);
        using (progress || terminal.ErrorIsTerminal
            ? new ProgressLine(terminal.Screen, terminal.ErrorIsTerminal, input.Length,
                () => (run.Totals, source.BytesRead))
            : null)
            run.Run(Environment.ProcessorCount, earlier?.Blocks ?? 0, stop);
        return run.Totals;
    }

    static Totals Sum(Totals all, Totals more)
    {
        var sum = new Totals();
        sum.Add(all);
        sum.Add(more);
        return sum;
    }
}
