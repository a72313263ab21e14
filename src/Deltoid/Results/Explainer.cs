using System.Text.RegularExpressions;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// Answers for whatever a user meets: findings, rules, codes, pairs, modifiers, places, adjustment codes, drugs,
/// diagnoses, packages, sources. What can mean several things gets a page for each, the likeliest first.
/// </summary>
/// <param name="day">The day for which pages are shown.</param>
/// <param name="pageOf">The page of a finding in Markdown; empty when it has none.</param>
internal sealed class Explainer(CodeBook book, EditSet edits, DateOnly day, Func<FindingInfo, string> pageOf)
{
    readonly List<FactSheet> found = [];

    /// <summary>All meanings; empty when nothing has this name.</summary>
    public IReadOnlyList<FactSheet> Of(string asked)
    {
        found.Clear();
        var text = asked.Trim();
        if (Said.Match(text) is { Success: true } said)
            AddSaid(said.Groups[1].Value.ToLowerInvariant(), said.Groups[2].Value);
        else if (SaidAfter.Match(text) is { Success: true } after)
            AddSaid(after.Groups[2].Value.ToLowerInvariant(), after.Groups[1].Value);
        else if (Status.Match(text) is { Success: true } status) AddStatus(status);
        else if (Pair.Match(text) is { Success: true } pair) AddPair(pair.Groups[1].Value, pair.Groups[2].Value);
        else if (AddNamed(text) || AddAdjustment(text) || AddLine(text)) return found;
        else AddAll(text);
        return found;
    }

    /// <summary>A word that says what the rest is: <c>POS 22</c>, <c>modifier 25</c>, <c>CARC 97</c>.</summary>
    static readonly Regex Said = new(
        "^(place of service|place|pos|modifier|mod|carc|reason|rarc|remark|group|denial|diagnosis|dx|icd-10|icd|code"
        + "|hcpcs|cpt|drug|ndc|category|claim status|status|entity|ik304|ik403|ik502|ak905|ta105|ta1|clp02|plb|amt|qty"
        + @"|bpr01|bpr04|service type|eb0[1346]|eb|aaa0[34]|aaa)[ :#-]+(\S.*)$", RegexOptions.IgnoreCase);

    /// <summary>The status of a claim as a 277CA has it: <c>A7 562</c>, <c>A7:562:82</c>.</summary>
    static readonly Regex Status = new(@"^([ADEFPR][0-9]{1,2}[FN]?)[ :*]+([0-9]{1,3})(?:[ :*]+(\w{2,3}))?$", RegexOptions.IgnoreCase);

    /// <summary>The same, said afterward: <c>JZ modifier</c>.</summary>
    static readonly Regex SaidAfter = new(@"^(\S+) (modifier|carc|rarc|remark|group|denial)$", RegexOptions.IgnoreCase);

    static readonly Regex Pair = new(@"^(\w{5}(?:-\w\w)*)(?: *[+&,/] *| (?:with|and|vs) | )(\w{5}(?:-\w\w)*)$", RegexOptions.IgnoreCase);

    /// <summary>
    /// A group with a reason and remarks: <c>CO-97</c>, <c>PR 1</c>, <c>CO-16 N822</c>, <c>CO-97/M15</c>.
    /// </summary>
    static readonly Regex Adjustment = new(@"^(CO|PR|OA|PI|CR)[ -]?([A-Z]?[0-9]{1,3})((?:[ /,]+(?:N|M|MA)[0-9]{1,3})*)$",
        RegexOptions.IgnoreCase);

    static readonly Regex Line = new(@"^(\w{5})((?:-\w\w){1,4})$");

    void Add(FactSheet? sheet)
    {
        if (sheet is not null) found.Add(sheet);
    }

    void AddSaid(string kind, string text)
    {
        switch (kind)
        {
            case "pos" or "place" or "place of service": AddPlace(text); break;
            case "modifier" or "mod": AddModifier(text); break;
            case "carc" or "reason": Add(ReasonCodes.Shipped.Carc(text)); break;
            case "rarc" or "remark": Add(ReasonCodes.Shipped.Rarc(text)); break;
            case "group": Add(ReasonCodes.Shipped.Group(text)); break;
            case "denial":
                if (!AddAdjustment(text)) Add(ReasonCodes.Shipped.Carc(text) ?? ReasonCodes.Shipped.Rarc(text));
                break;
            case "dx" or "icd" or "icd-10" or "diagnosis": AddDiagnosis(text); break;
            case "drug": AddDrug(text); break;
            case "ndc": Add(ItemSheets.OfNdc(text, book, day)); break;
            default:
                if (!AddResponse(kind, text)) AddCode(text);
                break;
        }
    }

    /// <summary>A code of a list of answers that is named: <c>TA1 006</c>, <c>PLB WO</c>.</summary>
    bool AddResponse(string list, string code)
    {
        if (!ResponseSheet.Words.Contains(list)) return false;
        Add(ResponseSheet.Named(list, code));
        return true;
    }

    void AddStatus(Match match)
    {
        Add(ResponseSheet.Of(ResponseKind.Category, match.Groups[1].Value));
        Add(ResponseSheet.Of(ResponseKind.Status, match.Groups[2].Value));
        if (match.Groups[3].Success) Add(ResponseSheet.Of(ResponseKind.Entity, match.Groups[3].Value));
    }

    /// <summary>Names that are ours alone: findings, rows of guides, rules, sources.</summary>
    bool AddNamed(string text)
    {
        if (FindingHelp.Find(text, edits) is { } info) Add(FindingHelp.Of(info, pageOf(info)));
        else if (FindingHelp.OfRow(text) is { } row) Add(row);
        else if (RuleBook.Shipped.Find(text) is { } rule) Add(RuleSheet.Of(rule, edits));
        return found.Count > 0;
    }

    bool AddAdjustment(string text)
    {
        if (Adjustment.Match(text) is not { Success: true } match) return false;
        Add(ReasonCodes.Shipped.Carc(match.Groups[2].Value));
        if (found.Count == 0) return false;
        Add(ReasonCodes.Shipped.Group(match.Groups[1].Value));
        foreach (var remark in match.Groups[3].Value.Split([' ', '/', ','], StringSplitOptions.RemoveEmptyEntries))
            Add(ReasonCodes.Shipped.Rarc(remark));
        return true;
    }

    /// <summary>A code with modifiers: <c>99213-25</c>.</summary>
    bool AddLine(string text)
    {
        if (Line.Match(text) is not { Success: true } match || !Code.TryParse(match.Groups[1].Value, out var code)
            || book.Id(code) < 0)
            return false;
        var modifiers = match.Groups[2].Value[1..].ToUpperInvariant();
        Add(ItemSheets.OfLine(code, modifiers, book, day));
        foreach (var modifier in modifiers.Split('-')) AddModifier(modifier);
        return true;
    }

    void AddPair(string left, string right)
    {
        if (Code.TryParse(left.AsSpan(0, 5), out var one) && Code.TryParse(right.AsSpan(0, 5), out var two))
            Add(PairSheet.Of(one, two, book, day));
        foreach (var line in (ReadOnlySpan<string>)[left, right]) AddLine(line);
    }

    /// <summary>
    /// Everything it can mean. Two characters are mostly a modifier, then a place, then a reason; B12 is mostly the
    /// vitamin.
    /// </summary>
    void AddAll(string text)
    {
        AddModifier(text);
        AddPlace(text);
        Add(ReasonCodes.Shipped.Group(text));
        AddCode(text);
        AddDrug(text);
        Add(ReasonCodes.Shipped.Carc(text));
        Add(ReasonCodes.Shipped.Rarc(text));
        Add(ResponseSheet.Of(ResponseKind.Category, text));
        if (text.Length == 2 && text.All(char.IsAsciiLetter))
            Add(ResponseSheet.Of(ResponseKind.ProviderAdjustment, text));
        AddDiagnosis(text);
        Add(ItemSheets.OfNdc(text, book, day));
        if (found.Count == 0 && Documents.Find(text.ToUpperInvariant()) is { } source) Add(RuleSheet.Of(source));
    }

    void Add(Reason? reason)
    {
        if (reason is not null) found.Add(ReasonSheet.Of(reason, edits));
    }

    void AddModifier(string text)
    {
        if (Modifier.TryParse(text, out var modifier)) Add(UseSheet.Of(modifier, book));
    }

    void AddPlace(string text)
    {
        if (text.Length is 1 or 2 && Code.TryParse(text.PadLeft(2, '0'), out var place))
            Add(UseSheet.OfPlace(place, book, day));
    }

    void AddCode(string text)
    {
        if (Code.TryParse(text, out var code)) Add(CodePage.Of(book, edits, code, day));
    }

    void AddDiagnosis(string text)
    {
        if (Code.TryParse(text, out var code)) Add(ItemSheets.OfDiagnosis(code, book, day));
    }

    /// <summary>A code is its own page already, and no name of a drug.</summary>
    void AddDrug(string text)
    {
        if (text.Length > 1 && !found.Exists(static sheet => sheet.Kind is "code" or "modifier" or "place-of-service")
            && book.DrugNamed(text) is { } drug)
            Add(DrugSheet.Of(drug, book, day));
    }

    const int Suggested = 5;

    /// <summary>Names near one that nothing has, the nearest first; each can be asked for.</summary>
    public IReadOnlyList<string> Suggest(string asked)
    {
        var names = new List<string>();
        var text = asked.Trim();
        var ours = FindingHelp.All(edits).SelectMany(static info => new[] { info.Id, info.Name })
            .Concat(RuleBook.Shipped.Rules.Select(static rule => rule.Id))
            .Concat(ReasonCodes.Shipped.All.Select(static reason => reason.Code));
        if (text.Length > 3)
            names.AddRange(
                ours.Where(name => Nearest.Distance(text, name) is < 3 and var slips && slips * 4 <= name.Length)
                .Order(StringComparer.Ordinal).Take(Suggested));
        foreach (var hit in book.Search.Find(text, day, Suggested))
            if (names.Count < Suggested)
                names.Add(hit.Drug?.Name ?? (hit.Kind == FindKind.Diagnosis
                    ? hit.Code.ToDiagnosis()
                    : hit.Code.ToString()));
        return [.. names.Where(static name => name.Length > 0).Distinct()];
    }
}
