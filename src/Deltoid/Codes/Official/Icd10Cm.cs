using System.Text.RegularExpressions;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Diagnoses of a fiscal year (<c>icd10cm_order_2026.txt</c>), fixed columns: 1-5 order, 7-13 code without dot, 15
/// whether it can be billed, 17-76 short text, 78- long text. The year, October to September, is in the name only.
/// The file's order is not that of the codes (C4A stands before C44), so it is held by the order numbers, and the codes
/// are sorted.
/// </summary>
sealed partial class Icd10Cm() : OfficialTable("icd10cm", "ICD-10-CM diagnoses", 90_000)
{
    const int CodeAt = 6, FlagAt = 14, ShortAt = 16, LongAt = 77, LongestLabel = 80;

    sealed record Line(Code Code, bool IsBillable, string Short, string Long);

    public override bool Knows(OfficialFile file) =>
        file.IsNamed("icd10cm_order") && !file.IsNamed("addenda") && !file.IsNamed(".pdf");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        SetRelease(file, release);
        var lines = Lines(file);
        lines.Sort(static (a, b) => a.Code.CompareTo(b.Code));
        var texts = lines.Select(static l => l.Long).ToHashSet();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (i > 0 && lines[i - 1].Code == line.Code)
                throw new OfficialFileException(0, $"has {line.Code.ToDiagnosis()} twice",
                    "take the file as published");
            var label = line.Long.Length <= LongestLabel ? line.Long : line.Short;
            draft.Diagnoses.Add(line.Code,
                (line.IsBillable ? DiagnosisTraits.Billable : DiagnosisTraits.None) | Traits(line.Long, texts),
                draft.Text(label), release.Number);
        }
    }

    static List<Line> Lines(OfficialFile file)
    {
        var rows = new Delimited(file, '\t'); // there are no tabs: a line is one cell
        var lines = new List<Line>(100_000);
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            var cell = rows[0];
            if (rows.Count != 1 || cell.Length <= LongAt) throw rows.Fault("is shorter than its columns");
            if (cell[5] != ' ' || cell[13] != ' ' || cell[15] != ' ' || cell[76] != ' ')
                throw rows.Fault("has letters between its columns");
            if (!Cell.TryInt(cell[..5], out var order) || order != lines.Count + 1)
                throw rows.Wrong("order number", "does not follow the one before");
            if (!Code.TryParse(cell[CodeAt..13].Trim((byte)' '), out var code) || code.Length < 3)
                throw rows.Wrong("code", "is not a diagnosis");
            if (cell[FlagAt] is not ((byte)'0' or (byte)'1')) throw rows.Wrong("valid flag", "is neither 0 nor 1");
            lines.Add(new(code, cell[FlagAt] == '1', Cell.Text(cell[ShortAt..76].Trim((byte)' ')),
                Cell.Text(cell[LongAt..])));
            if (rows.IsUnended) throw rows.Fault("has no end");
        }
        return lines;
    }

    static DiagnosisTraits Traits(string text, HashSet<string> texts)
    {
        var traits = Left().IsMatch(text) ? DiagnosisTraits.Left : DiagnosisTraits.None;
        if (Right().IsMatch(text)) traits |= DiagnosisTraits.Right;
        if (Bilateral().IsMatch(text)) traits |= DiagnosisTraits.Bilateral;
        if (Elsewhere().IsMatch(text)) traits |= DiagnosisTraits.Manifestation;
        if (Unspecified().IsMatch(text))
            traits |= DiagnosisTraits.Unspecified
                | (HasSides(text, texts) ? DiagnosisTraits.SideUnspecified : DiagnosisTraits.None);
        return traits;
    }

    /// <summary>
    /// Whether what is unspecified is the side: another diagnosis then says the same with <c>right</c> in its place
    /// ("of unspecified shoulder", "of right shoulder"; hemiplegia "affecting unspecified side", "affecting right
    /// dominant side"). No list of body parts is needed, and a part that has no sides has no such twin. Where the sides
    /// continue into upper and lower eyelid or into fingers, it is not said.
    /// </summary>
    static bool HasSides(string text, HashSet<string> texts)
    {
        foreach (var word in Unspecified().EnumerateMatches(text))
        {
            var (before, behind) = (text[..word.Index], text[(word.Index + word.Length)..]);
            if (texts.Contains($"{before}{(word.Index == 0 ? "Right" : "right")}{behind}")
                || texts.Contains($"{before}right dominant{behind}"))
                return true;
        }
        return false;
    }

    [GeneratedRegex(@"\bunspecified\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unspecified();

    [GeneratedRegex(@"\bleft\b", RegexOptions.IgnoreCase)]
    private static partial Regex Left();

    [GeneratedRegex(@"\bright\b", RegexOptions.IgnoreCase)]
    private static partial Regex Right();

    [GeneratedRegex(@"\bbilateral\b", RegexOptions.IgnoreCase)]
    private static partial Regex Bilateral();

    /// <summary>
    /// "in diseases classified elsewhere", "in other chronic diseases …"; an infection "as the cause of diseases …" is
    /// no manifestation.
    /// </summary>
    [GeneratedRegex(@"\bin (?:[\w-]+,? )*diseases classified elsewhere", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    static void SetRelease(OfficialFile file, Release release)
    {
        var year = Quarters.YearIn(file.Name);
        if (year == 0)
            throw new OfficialFileException(0, "does not say in its name of which fiscal year it is",
                "keep the published name: icd10cm_order_2026.txt");
        release.Name = $"FY{year}";
        release.Covers = DateRange.Of(new(year - 1, 10, 1), new(year, 9, 30));
    }
}
