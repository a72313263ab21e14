using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Pricing;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Batch;

/// <summary>
/// Judges and prices claims with two books, each with the payer rules of its own, and keeps those that come out otherwise. Earlier
/// services are not known to it. A line that only one of the books can price changes no sum: what is not known is not a change.
/// </summary>
/// <param name="onRelease">Judge each claim as if its services were of the day of each book's release.</param>
public sealed class ImpactRun(CodeBook before, CodeBook after, PriceTerms terms, bool onRelease, Impacts impacts)
{
    static readonly FindingList NothingRead = new();

    readonly Side old = new(before), now = new(after);
    readonly Dictionary<(ulong Key, Severity Severity), int> keys = [];
    long number;

    /// <summary>What a book makes of a claim.</summary>
    readonly record struct Judged(CodeBook Book, Claim Claim, FindingList Findings, Expected[] Expected);

    /// <summary>The tools of one book, used again for every claim.</summary>
    sealed class Side(CodeBook book)
    {
        readonly PayerProfiles profiles = new(book.PayerSettings);
        readonly FindingList findings = new();
        Expected[] expected = [];

        public Scrubber Scrubber { get; } = new();

        public CodeBook Book => book;

        public Judged Judge(Claim claim, FindingList read, in PriceTerms terms, bool onRelease)
        {
            if (onRelease) foreach (ref var line in claim.Lines) (line.Date, line.Thru) = (book.Release, default);
            findings.Clear();
            findings.AddAll(read);
            Scrubber.Check(claim, book, profiles.For(claim.PayerKind, claim.ServiceDate, claim[ClaimText.PayerId]), null, null, findings);
            if (expected.Length < claim.Lines.Length) expected = new Expected[claim.Lines.Length * 2];
            for (var i = 0; i < claim.Lines.Length; i++) expected[i] = FeeSchedule.Price(claim, claim.Lines[i], book, terms);
            return new(book, claim, findings, expected);
        }
    }

    /// <summary>The claims of an 837; says how many sets were read and how many were not.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public (int Read, int Refused) Add(Stream x12, string file, CancellationToken stop)
    {
        var (claims, read) = (new ClaimSource(x12), new FindingList());
        while (claims.Read(read) is { } claim)
        {
            stop.ThrowIfCancellationRequested();
            Add(claim, read, file);
            claims.Others.Clear();
        }
        impacts.Refused += claims.Refused;
        return (claims.Sets, claims.Refused);
    }

    public void Add(Claim claim, string file) => Add(claim, NothingRead, file);

    void Add(Claim claim, FindingList read, string file) => Compare(old.Judge(claim, read, terms, onRelease), now.Judge(claim, read, terms, onRelease), file);

    /// <summary>A documented visit is coded by both books.</summary>
    public void Add(Encounter encounter, string file) => Compare(Code(encounter, old), Code(encounter, now), file);

    Judged Code(Encounter encounter, Side side)
    {
        if (onRelease) encounter.ServiceDate = side.Book.Release;
        var visit = CodedVisit.Of(encounter, side.Book, side.Scrubber);
        return new(side.Book, visit.Claim, visit.Findings, [.. visit.Expected]);
    }

    void Compare(in Judged one, in Judged two, string file)
    {
        impacts.Claims++;
        number++;
        var isAlike = HasSameLines(one.Claim, two.Claim);
        var (paid, pays) = isAlike ? Both(one, two) : (Sum(one), Sum(two));
        if (isAlike && paid == pays && IsSame(one.Findings, two.Findings)) return;
        var (gone, more) = (Only(one, two), Only(two, one));
        if (isAlike && paid == pays && gone.Count + more.Count == 0) return;
        var (left, right) = (one, two);
        impacts.Add(number, (pays ?? Money.Zero) - (paid ?? Money.Zero), gone.Count + more.Count, () => Tell(left, right, file, paid, pays, gone, more));
    }

    ClaimImpact Tell(in Judged one, in Judged two, string file, Money? paid, Money? pays, List<int> gone, List<int> more)
    {
        var (linesGone, linesNew) = (LinesOnly(one.Claim, two.Claim), LinesOnly(two.Claim, one.Claim));
        var lines = linesGone.Count + linesNew.Count == 0 ? OfMoney(one, two) : [.. OfLines(one, linesGone), .. OfLines(two, linesNew)];
        IEnumerable<string> why = [.. OfFindings(one, gone), .. OfFindings(two, more), .. lines];
        return new(one.Claim.Text(ClaimText.Id), file, number, paid, pays, Told(gone, one), Told(more, two), linesGone, linesNew, [.. why.Distinct()]);
    }

    static bool HasSameLines(Claim one, Claim two)
    {
        if (ReferenceEquals(one, two)) return true;
        if (one.Lines.Length != two.Lines.Length) return false;
        for (var i = 0; i < one.Lines.Length; i++) if (Words(one.Lines[i]) != Words(two.Lines[i])) return false;
        return true;
    }

    static string Words(in ServiceLine line) => $"{line.Code}{(line.Modifiers.IsEmpty ? "" : "-")}{line.Modifiers} x{line.Units}";

    static List<string> LinesOnly(Claim one, Claim other)
    {
        var left = new List<string>();
        if (ReferenceEquals(one, other)) return left;
        foreach (ref readonly var line in one.Lines) left.Add(Words(line));
        foreach (ref readonly var line in other.Lines) left.Remove(Words(line));
        return left;
    }

    /// <summary>What the lines that both books price are paid.</summary>
    (Money? Before, Money? After) Both(in Judged one, in Judged two)
    {
        var (paid, pays) = ((Money?)null, (Money?)null);
        for (var i = 0; i < one.Claim.Lines.Length; i++)
        {
            var (left, right) = (Paid(one, i), Paid(two, i));
            if (left is null != right is null) impacts.PricedByOne++;
            if (left is { } x && right is { } y) (paid, pays) = ((paid ?? Money.Zero) + x, (pays ?? Money.Zero) + y);
        }
        return (paid, pays);
    }

    static Money? Sum(in Judged judged)
    {
        Money? sum = null;
        for (var i = 0; i < judged.Claim.Lines.Length; i++) if (Paid(judged, i) is { } paid) sum = (sum ?? Money.Zero) + paid;
        return sum;
    }

    /// <summary>The amount of a line; nothing where Medicare pays nothing, and null where the book cannot tell.</summary>
    static Money? Paid(in Judged judged, int line)
    {
        ref readonly var expected = ref judged.Expected[line];
        if (expected.Amount is not null) return expected.Amount;
        var isNothing = expected.Why is Unpriced.NotCovered or Unpriced.NotValid or Unpriced.Excluded or Unpriced.Bundled or Unpriced.NotPaidAtFacility or Unpriced.SelfAdministered or Unpriced.DenialAsked;
        return isNothing || (expected.Why == Unpriced.NotInBook && !judged.Book.Codes[judged.Book.Id(judged.Claim.Lines[line].Code)].IsEmpty) ? Money.Zero : null;
    }

    /// <summary>Most claims: the same is said in the same places.</summary>
    static bool IsSame(FindingList one, FindingList two)
    {
        if (one.Count != two.Count) return false;
        for (var i = 0; i < one.Count; i++)
        {
            ref readonly var left = ref one[i];
            ref readonly var right = ref two[i];
            if (left.Info != right.Info || left.Place != right.Place || left.Severity != right.Severity || left.OtherLine != right.OtherLine || left.Under != right.Under) return false;
        }
        return true;
    }

    /// <summary>The findings, by their places in the list, that speak with one book and not with the other.</summary>
    List<int> Only(in Judged one, in Judged other)
    {
        var (key, others, only) = (new FindingKey(one.Claim), new FindingKey(other.Claim), new List<int>());
        keys.Clear();
        foreach (ref readonly var finding in other.Findings.Span)
            if (finding.Under == 0) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(keys, (others.NumberOf(finding), finding.Severity), out _)++;
        for (var i = 0; i < one.Findings.Count; i++)
        {
            ref readonly var finding = ref one.Findings[i];
            if (finding.Under != 0) continue;
            ref var left = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(keys, (key.NumberOf(finding), finding.Severity), out _);
            if (left-- <= 0) only.Add(i);
        }
        return only;
    }

    static List<ImpactFinding> Told(List<int> indices, in Judged judged)
    {
        var (told, names) = (new List<ImpactFinding>(), ResultJson.NamesOf(judged.Book));
        foreach (var i in indices)
        {
            ref readonly var finding = ref judged.Findings[i];
            told.Add(new(finding.Info, finding.Severity, finding.Place.Line, Sentence.Of(finding, judged.Claim, names)));
        }
        return told;
    }

    TwoBooks On(DateOnly day) => onRelease ? new(before, before.Release, after, after.Release) : new(before, day, after, day);

    /// <summary>The rows that changed of the codes whose lines are paid otherwise.</summary>
    List<string> OfMoney(in Judged one, in Judged two)
    {
        var why = new List<string>();
        for (var i = 0; i < one.Claim.Lines.Length; i++)
            if (Paid(one, i) is { } paid && Paid(two, i) is { } pays && paid != pays) why.AddRange(OfLine(two.Claim, two.Claim.Lines[i]));
        return why;
    }

    /// <summary>The rows that changed of the codes that only one of the books bills.</summary>
    List<string> OfLines(in Judged judged, List<string> only)
    {
        var why = new List<string>();
        foreach (ref readonly var line in judged.Claim.Lines) if (only.Contains(Words(line))) why.AddRange(OfLine(judged.Claim, line));
        return why;
    }

    IEnumerable<string> OfLine(Claim claim, in ServiceLine line)
    {
        var (books, isFacility) = (On(line.Date), claim.Setting == Setting.Facility);
        var rows = ImpactReasons.Of(books, line.Code, isFacility);
        return !isFacility && books.After.TryFee(line.Code, books.AfterDay, out _) ? rows.Concat(ImpactReasons.OfFactor(books)) : rows;
    }

    List<string> OfFindings(in Judged judged, List<int> indices)
    {
        var why = new List<string>();
        foreach (var i in indices) why.AddRange(OfFinding(judged.Claim, judged.Findings[i]));
        return why;
    }

    /// <summary>A pair that changed explains a finding on two lines; else the line's code does, and the diagnoses that the finding names.</summary>
    List<string> OfFinding(Claim claim, in Finding finding)
    {
        var (line, other, isFacility) = (claim.IndexOf(finding.Place.Line), claim.IndexOf(finding.OtherLine), claim.Setting == Setting.Facility);
        var books = On(line >= 0 ? claim.Lines[line].Date : claim.ServiceDate);
        List<string> why = line >= 0 && other >= 0 ? [.. ImpactReasons.OfPair(books, claim.Lines[line].Code, claim.Lines[other].Code, isFacility)] : [];
        if (line >= 0 && why.Count == 0) why.AddRange(ImpactReasons.Of(books, claim.Lines[line].Code, isFacility));
        foreach (var arg in (ReadOnlySpan<Arg>)[finding.A, finding.B, finding.C, finding.D])
            if (arg.Kind == ArgKind.Diagnosis && claim.PositionOf(new((ulong)arg.Value)) > 0) why.AddRange(ImpactReasons.OfDiagnosis(books, new((ulong)arg.Value)));
        return why;
    }
}
