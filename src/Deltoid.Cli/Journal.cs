using System.Globalization;
using Deltoid.Batch;
using Deltoid.Edits;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// How far a run has come, beside its output: after a kill it continues from here and the output is the same to the
/// byte. Rewritten in one step, at most ten times a second.
/// </summary>
sealed class Journal(string output, string terms, EditSet edits)
{
    const string Head = "deltoid scrub journal 2";

    readonly string path = output + ".journal";
    long last;

    public bool Exists => File.Exists(path);

    /// <param name="Blocks">Blocks delivered.</param>
    /// <param name="Written">Length of the output then.</param>
    /// <param name="Read">Bytes of input read by then, and their fingerprint: another input is known by it.</param>
    public sealed record Entry(long Blocks, long Written, long Read, ulong Fingerprint, Totals Totals);

    /// <summary>Notes how far it is.</summary>
    public void Write(long blocks, long written, BlockSource source, Totals totals, bool force = false)
    {
        var now = Environment.TickCount64;
        if (!force && now - last < 100) return;
        last = now;
        var (read, print) = source.Mark();
        var t = totals;
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{blocks} {written} {read} {print:x16} {t.Items} {t.Claims} {t.Clean} "
                + $"{t.Findings[0]} {t.Findings[1]} {t.Findings[2]} {t.Refused} {t.Read}");
        var text = $"{Head}\n{terms}\n{line}\n{TallyLine.Of(t.Tally)}\n";
        try
        {
            File.WriteAllText(path + ".new", text);
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(e); // it is no fault of the input that is being read
        }
    }

    /// <summary>What an earlier run noted; null when there is none.</summary>
    /// <exception cref="InputException">The run was of another book, other options or another version; or the journal
    /// does not read.</exception>
    public Entry? Read()
    {
        if (!File.Exists(path)) return null;
        var lines = File.ReadAllText(path).Split('\n');
        if (lines.Length != 5 || lines[0] != Head) throw Unreadable();
        if (lines[1] != terms)
            throw new InputException("",
                "the run to resume was made with another code book, other options or another version",
                "run without --resume to begin again, or as before");
        var parts = lines[2].Split(' ');
        if (parts.Length != 12
            || !ulong.TryParse(parts[3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var print))
            throw Unreadable();
        var totals = new Totals
        {
            Items = Number(4), Claims = Number(5), Clean = Number(6), Refused = Number(10), Read = Number(11)
        };
        for (var i = 0; i < 3; i++) totals.Findings[i] = Number(7 + i);
        if (!TallyLine.TryRead(lines[3], totals.Tally, edits)) throw Unreadable();
        return new(Number(0), Number(1), Number(2), print, totals);

        long Number(int index) =>
            long.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Unreadable();
    }

    InputException Unreadable() => new("", $"{path} is not the journal of a run", "remove it and run without --resume");

    public void Remove() => File.Delete(path);
}
