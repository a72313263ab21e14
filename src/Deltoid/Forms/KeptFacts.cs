using System.Globalization;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.Forms;

/// <summary>
/// What the form has boxes for and the claim has no fields: read from the segments of X12 that the claim keeps, those
/// of the payer (loop 2010BB), of the claim (2300) and of its first other insured (2320), up to the first line.
/// </summary>
sealed class KeptFacts
{
    /// <summary>
    /// Qualifiers of the dates of item 14 (onset, last menstrual period) and of item 15 (NUCC manual).
    /// </summary>
    static readonly string[] Onsets = ["431", "484"],
        OtherDates = ["454", "304", "453", "439", "455", "471", "090", "091", "444"];

    readonly Dictionary<string, DateOnly> days = [];
    readonly Dictionary<string, string> qualifiers = [];
    readonly List<string> causes = [];
    int others; // other insured seen so far

    public string CarrierStreet { get; private set; } = "";

    public string CarrierCity { get; private set; } = "";

    /// <summary>CLM11: EM employment, AA automobile accident, OA other accident.</summary>
    public IReadOnlyList<string> Causes => causes;

    public string AccidentState { get; private set; } = "";

    /// <summary>REF Y4: the number of a property or casualty claim.</summary>
    public string CasualtyNumber { get; private set; } = "";

    public string OtherName { get; private set; } = "";

    public string OtherMember { get; private set; } = "";

    public string OtherGroup { get; private set; } = "";

    /// <summary>The plan's name, or the payer's where it has none.</summary>
    public string OtherPlan { get; private set; } = "";

    /// <summary>AMT D of all other payers.</summary>
    public Money? PaidByOthers { get; private set; }

    public IReadOnlyDictionary<string, DateOnly> Days => days;

    public IReadOnlyDictionary<string, string> Qualifiers => qualifiers;

    public static KeptFacts Of(Claim claim)
    {
        var facts = new KeptFacts();
        var guide = ClaimSets.GuideOf(claim.Setting);
        var places = new KeptPlaces();
        places.Find(claim, guide);
        for (var i = 0; i < claim.Segments.Length && places[i].Section < Section.Line; i++)
        {
            ref readonly var segment = ref claim.Segments[i];
            var loop = segment.Row == 0 ? "" : guide.Loops[guide.Segments[segment.Row - 1].Loop].Name;
            var elements = claim.Text(segment.Text).Split((char)claim.Delimiters.Element);
            facts.Read(loop, elements, (char)claim.Delimiters.Component);
        }
        return facts;
    }

    void Read(string loop, string[] segment, char component)
    {
        switch ((loop, segment[0]))
        {
            case ("2300", "CLM"): ReadCauses(At(segment, 11).Split(component)); break;
            case ("2300", "DTP"): ReadDay(At(segment, 1), At(segment, 3)); break;
            case (_, "REF") when At(segment, 1) == "Y4": CasualtyNumber = At(segment, 2); break;
            case ("2320", "SBR"): ReadOther(segment); break;
            case ("2320", "AMT") when At(segment, 1) == "D" && Money.TryParse(At(segment, 2).AsSpan(), out var paid):
                PaidByOthers = (PaidByOthers ?? Money.Zero) + paid;
                break;
            case ("2330A" or "2330B", "NM1"): ReadName(loop, segment); break;
            case ("2010BB", "N3"): CarrierStreet = $"{At(segment, 1)} {At(segment, 2)}"; break;
            case ("2010BB", "N4"): CarrierCity = $"{At(segment, 1)} {At(segment, 2)} {At(segment, 3)}"; break;
        }
    }

    static string At(string[] segment, int element) => element < segment.Length ? segment[element] : "";

    void ReadCauses(string[] components)
    {
        foreach (var cause in components.Take(3))
            if (cause.Length > 0) causes.Add(cause);
        if (components.Length > 3) AccidentState = components[3];
    }

    void ReadDay(string qualifier, string value)
    {
        // D8, RD8, or DT with its hour
        var (from, to) = value.Length == 17 && value[8] == '-'
            ? (Day(value[..8]), Day(value[9..]))
            : (Day(value.Length > 8 ? value[..8] : value), null);
        if (Onsets.Contains(qualifier)) Put("14", from, qualifier);
        else if (OtherDates.Contains(qualifier)) Put("15", from, qualifier);
        else if (qualifier is "314")
        {
            Put("16.from", from);
            Put("16.to", to);
        }
        else if (qualifier is "360") Put("16.from", from);
        else if (qualifier is "361") Put("16.to", from);
        else if (qualifier is "435") Put("18.from", from);
        else if (qualifier is "096") Put("18.to", from);
    }

    static DateOnly? Day(string digits) =>
        DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    /// <summary>The first of its kind stays.</summary>
    void Put(string box, DateOnly? day, string? qualifier = null)
    {
        if (day is not { } known || !days.TryAdd(box, known) || qualifier is null) return;
        qualifiers.Add(box + ".qual", qualifier);
    }

    void ReadOther(string[] segment)
    {
        if (++others == 1) (OtherGroup, OtherPlan) = (At(segment, 3), At(segment, 4));
    }

    void ReadName(string loop, string[] segment)
    {
        if (others != 1) return;
        if (loop == "2330A")
            (OtherName, OtherMember) =
            (FormWords.LastFirst(At(segment, 3), At(segment, 7), At(segment, 4), At(segment, 5)), At(segment, 9));
        if (loop == "2330B" && OtherPlan.Length == 0) OtherPlan = At(segment, 3);
    }
}
