using System.Globalization;
using Deltoid.Batch;
using Deltoid.Edits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>A tally as a line of a journal: <c>HIP0007=3 NCC0001=2 | 1=20,18,2</c>.</summary>
static class TallyLine
{
    public static string Of(Tally tally)
    {
        var parts = tally.Kinds.Select(static k => string.Create(CultureInfo.InvariantCulture, $"{k.Key.Id}={k.Value}"))
            .Append("|").ToList();
        for (var kind = 0; kind < tally.Payers.Length; kind++)
            if (tally.Payers[kind] is { Claims: > 0 } payer)
                parts.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{kind}={payer.Claims},{payer.Clean},{payer.Errors}"));
        return string.Join(' ', parts);
    }

    public static bool TryRead(string line, Tally tally, EditSet edits)
    {
        var isPayer = false;
        foreach (var part in line.Split(' '))
        {
            if (part == "|")
            {
                isPayer = true;
                continue;
            }
            var (name, value) = part.Split('=') is [var left, var right] ? (left, right) : ("", "");
            if (!(isPayer ? ReadPayer(name, value, tally) : ReadKind(name, value, tally, edits))) return false;
        }
        return isPayer;
    }

    static bool ReadKind(string id, string value, Tally tally, EditSet edits)
    {
        if (FindingHelp.Find(id, edits) is not { } info || !TryNumber(value, out var count)) return false;
        tally.Add(info, count);
        return true;
    }

    static bool ReadPayer(string name, string value, Tally tally)
    {
        var numbers = value.Split(',');
        if (!TryNumber(name, out var kind) || kind >= tally.Payers.Length || numbers.Length != 3) return false;
        if (!TryNumber(numbers[0], out var claims) || !TryNumber(numbers[1], out var clean)
            || !TryNumber(numbers[2], out var errors))
            return false;
        tally.Add((PayerKind)kind, new(claims, clean, errors));
        return true;
    }

    static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
