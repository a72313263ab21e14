using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// Splits a claim that has more lines than a guide allows: 50 of a professional claim, 999 of an institutional one. A
/// drug stays with its administration. Each part is a claim of its own: its id has a number after it, its charge is
/// the sum of its lines.
/// </summary>
internal static class ClaimSplit
{
    public const int MostProfessional = 50, MostInstitutional = 999;

    /// <summary>The claim itself, or its parts in order.</summary>
    public static List<Claim> Of(Claim claim)
    {
        var most = claim.Setting == Setting.Facility ? MostInstitutional : MostProfessional;
        if (claim.Lines.Length <= most) return [claim];
        var parts = new List<Claim>();
        var from = 0;
        foreach (var count in LineGroups.Divide(claim, most))
        {
            parts.Add(Part(claim, from, count, parts.Count + 1));
            from += count;
        }
        return parts;
    }

    static Claim Part(Claim claim, int from, int count, int number)
    {
        var part = claim.Detach();
        part.RemoveLines(0);
        part.Charge = Money.Zero;
        for (var i = from; i < from + count; i++)
        {
            var line = claim.Lines[i];
            line.Control = Again(claim, line.Control, part);
            line.Narrative = Again(claim, line.Narrative, part);
            line.NdcText = Again(claim, line.NdcText, part);
            ref var added = ref part.AddLine();
            line.Number = added.Number;
            added = line;
            part.Charge = part.Charge is { } sum && line.Charge is { } charge ? sum + charge : null;
        }
        if (number > 1) part.PatientPaid = null;
        part.Set(ClaimText.Id,
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"{claim.Text(ClaimText.Id)}-{number}")));
        KeepLines(claim, part, from, count);
        return part;
    }

    static TextRange Again(Claim claim, TextRange range, Claim part) => part.Append(claim[range]);

    /// <summary>Segments of the lines that went elsewhere go with them; the header stays with the first part.</summary>
    static void KeepLines(Claim claim, Claim part, int from, int count)
    {
        part.Source = default;
        if (claim.Segments.IsEmpty) return;
        var guide = ClaimSets.GuideOf(claim.Setting);
        var (places, chain) = (new KeptPlaces(), new LoopChain(guide));
        places.Find(claim, guide);
        chain.Restart();
        part.KeepOnly(0);
        for (var i = 0; i < claim.Segments.Length; i++)
        {
            var segment = claim.Segments[i];
            if (segment.Row > 0) chain.Follow(segment.Row - 1);
            var line = places[i].Line - from;
            var isElsewhere = places[i].Section == Section.Line ? line < 1 || line > count
                : places[i].Section == Section.Header && from > 0;
            if (isElsewhere) continue;
            var loop = segment.Place == 0 ? chain.PathOf(claim[segment.Text], line)
                : WithLine(claim.PlaceOf(segment), line);
            part.Keep(new ClaimSegment(part.Append(claim[segment.Text]), 0, 0,
                part.AddPlace(Encoding.ASCII.GetBytes(loop))));
        }
    }

    /// <summary>A path with another number of its line.</summary>
    static string WithLine(ReadOnlySpan<byte> loop, int line)
    {
        var path = Encoding.ASCII.GetString(loop);
        if (!path.StartsWith("2400", StringComparison.Ordinal)) return path;
        var rest = path.IndexOf('/', StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"2400[{line}]{(rest < 0 ? "" : path[rest..])}");
    }
}
