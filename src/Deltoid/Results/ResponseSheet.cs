using Deltoid.Rules;

namespace Deltoid.Results;

/// <summary>The pages of codes by which payers and clearinghouses answer: 277CA, 277, 271, 999, TA1, 835.</summary>
static class ResponseSheet
{
    /// <summary>What a user calls a list of codes, before or instead of the code's place.</summary>
    static readonly (string Word, ResponseKind Kind)[] Lists =
    [
        ("category", ResponseKind.Category), ("status", ResponseKind.Status), ("claim status", ResponseKind.Status),
        ("entity", ResponseKind.Entity), ("ik304", ResponseKind.SegmentError), ("ik403", ResponseKind.ElementError),
        ("ik502", ResponseKind.SetError), ("ak905", ResponseKind.GroupError), ("ta1", ResponseKind.InterchangeError),
        ("ta105", ResponseKind.InterchangeError), ("clp02", ResponseKind.PaidStatus),
        ("plb", ResponseKind.ProviderAdjustment), ("amt", ResponseKind.Amount), ("qty", ResponseKind.Quantity),
        ("bpr01", ResponseKind.Handling), ("bpr04", ResponseKind.Method),
        ("eb", ResponseKind.Benefit), ("eb01", ResponseKind.Benefit), ("service type", ResponseKind.ServiceType),
        ("eb03", ResponseKind.ServiceType), ("eb04", ResponseKind.InsuranceType), ("eb06", ResponseKind.TimePeriod),
        ("aaa", ResponseKind.RejectReason), ("aaa03", ResponseKind.RejectReason), ("aaa04", ResponseKind.FollowUp),
    ];

    /// <summary>The words by which <see cref="Named"/> knows a list.</summary>
    public static IEnumerable<string> Words => Lists.Select(static list => list.Word);

    /// <summary>
    /// A code of a list that is named: <c>status 562</c>; null where the list or the code is not known.
    /// </summary>
    public static FactSheet? Named(string list, string code)
    {
        var kind = Array.Find(Lists, l => l.Word == list);
        if (kind.Word is null) return null;
        var text = code.ToUpperInvariant();
        return Of(kind.Kind, kind.Kind == ResponseKind.InterchangeError ? text.PadLeft(3, '0') : text);
    }

    /// <summary>A code of a list; null where it has no row here.</summary>
    public static FactSheet? Of(ResponseKind kind, string code)
    {
        if (ResponseCodes.Shipped.Find(kind, code.ToUpperInvariant()) is not { } found) return null;
        var (name, where) = ResponseCodes.NameOf(kind);
        var sheet = new FactSheet(name, found.Code, Sentence.Capital(found.Words("")));
        sheet.Add("found in", where);
        sheet.Add("what to do", found.Do);
        return sheet;
    }
}
