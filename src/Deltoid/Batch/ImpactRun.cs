using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Pricing;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Batch;

/// <summary>What two books are asked, and how.</summary>
/// <param name="Days">Judge each claim as if its services were of these days; null: on its own days.</param>
internal sealed record ImpactTerms(CodeBook Before, CodeBook After, PriceTerms Prices,
    (DateOnly Before, DateOnly After)? Days)
{
    /// <summary>Last quarter's claims by the next quarter's rows: each as of the release of each book.</summary>
    public static ImpactTerms OnRelease(CodeBook before, CodeBook after, PriceTerms prices) =>
        new(before, after, prices, (before.Release, after.Release));
}

/// <summary>
/// Judges and prices claims with two books, each with the payer rules of its own, and keeps those that come out
/// otherwise. Earlier services are not known to it. A line that only one of the books can price changes no sum: what is
/// not known is not a change. Belongs to one worker.
/// </summary>
internal sealed class ImpactRun(ImpactTerms terms, Impacts impacts)
{
    static readonly FindingList NothingRead = new();

    readonly Side old = new(terms.Before, terms.Days?.Before), now = new(terms.After, terms.Days?.After);
    readonly Dictionary<(ulong Key, Severity Severity), int> keys = [];
    readonly Dictionary<(ulong Code, bool IsFacility, DateOnly Day), ImpactCause> causes = [];
    readonly ClaimReader reader = new();
    readonly Claim claim = new();
    readonly FindingList read = new();

    /// <summary>The claims of an 837, on so many cores: what is kept is the same however many there are.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static void Run(Stream x12, string file, ImpactTerms terms, Impacts impacts, int workers,
        CancellationToken stop)
    {
        var source = new BlockSource(x12);
        var run = new InOrder<Block, Impacts>(source.Next, static block => block.Number, impacts.Add);
        run.Run(workers, () =>
        {
            var worker = new ImpactRun(terms, impacts);
            return block =>
            {
                var made = worker.Of(block, file, impacts.Most);
                source.Return(block);
                return made;
            };
        }, 0, stop);
    }

    /// <summary>What the claims of a block come to.</summary>
    Impacts Of(Block block, string file, int most)
    {
        impacts = new Impacts(most);
        foreach (var item in block.Items)
        {
            if (SetChoice.Claims.Of(item) is { } setPart) Add(block.Bytes, setPart, file);
            else if (item.Part is { } part && SetChoice.Claims.IsRead(part)) impacts.Sets++;
            else if (item.Part is { } other && SetChoice.Claims.IsRefused(other)) impacts.Refused++;
        }
        return impacts;
    }

    void Add(byte[] bytes, SetPart setPart, string file)
    {
        reader.Open(bytes, setPart);
        for (read.Clear(); reader.Read(claim, read); read.Clear()) Add(claim, read, file);
        reader.SetFindings.Clear(); // of no claim
    }

    /// <summary>What a book makes of a claim.</summary>
    readonly record struct Judged(CodeBook Book, Claim Claim, FindingList Findings, Expected[] Expected);

    /// <summary>The tools of one book, used again for every claim.</summary>
    sealed class Side(CodeBook book, DateOnly? day)
    {
        readonly ClaimPayers payers = new(book);
        readonly FindingList findings = new();
        Expected[] expected = [];

        public Scrubber Scrubber { get; } = new();

        public CodeBook Book => book;

        /// <summary>The day that all services are taken to be of; null: each has its own.</summary>
        public DateOnly? Day => day;

        public Judged Judge(Claim claim, FindingList read, ImpactTerms terms)
        {
            if (day is { } shown)
                foreach (ref var line in claim.EditLines()) (line.Date, line.Thru) = (shown, default);
            findings.Clear();
            findings.AddAll(read);
            Scrubber.Check(claim, book, payers.Of(claim), null, null, findings);
            if (expected.Length < claim.Lines.Length) expected = new Expected[claim.Lines.Length * 2];
            for (var i = 0; i < claim.Lines.Length; i++)
                expected[i] = FeeSchedule.Price(claim, claim.Lines[i], book, terms.Prices);
            return new(book, claim, findings, expected);
        }
    }

    public void Add(Claim one, string file) => Add(one, NothingRead, file);

    void Add(Claim one, FindingList found, string file) =>
        Compare(old.Judge(one, found, terms), now.Judge(one, found, terms), file);

    /// <summary>A documented visit is coded by both books.</summary>
    public void Add(Encounter encounter, string file) => Compare(Code(encounter, old), Code(encounter, now), file);

    static Judged Code(Encounter encounter, Side side)
    {
        if (side.Day is { } day) encounter.ServiceDate = day;
        var visit = CodedVisit.Of(encounter, side.Book, side.Scrubber);
        return new(side.Book, visit.Claim, visit.Findings, [.. visit.Expected]);
    }

    void Compare(in Judged one, in Judged two, string file)
    {
        var number = ++impacts.Claims;
        var isAlike = HasSameLines(one.Claim, two.Claim);
        var (paid, pays) = isAlike ? Both(one, two) : (Sum(one), Sum(two));
        if (isAlike && paid == pays && IsSame(one.Findings, two.Findings)) return;
        var (gone, more) = (Only(one, two), Only(two, one));
        if (isAlike && paid == pays && gone.Count + more.Count == 0) return;
        var (left, right) = (one, two);
        Count(one, two, isAlike, gone, more, (pays ?? Money.Zero) - (paid ?? Money.Zero));
        impacts.Add(number, (pays ?? Money.Zero) - (paid ?? Money.Zero), gone.Count + more.Count,
            () => Tell(left, right, (file, number), paid, pays, gone, more));
    }

    /// <summary>Adds a claim that comes out otherwise to the totals.</summary>
    void Count(in Judged one, in Judged two, bool isAlike, List<int> gone, List<int> more, Money difference)
    {
        var totals = impacts.Totals;
        totals.AddClaim(two.Claim.PayerKind, difference);
        foreach (var i in gone) totals.AddFinding(one.Findings[i].Info, isNew: false);
        foreach (var i in more) totals.AddFinding(two.Findings[i].Info, isNew: true);
        if (!isAlike)
        {
            CountOtherLines(one, -1);
            CountOtherLines(two, 1);
            return;
        }
        for (var i = 0; i < one.Claim.Lines.Length; i++)
            if (Paid(one, i) is { } paid && Paid(two, i) is { } pays && paid != pays)
                totals.AddLine(two.Claim.Lines[i].Code, CauseOf(two.Claim, two.Claim.Lines[i]), pays - paid);
    }

    /// <summary>A visit that is coded otherwise: what the earlier book bills goes, what the later bills
    /// comes.</summary>
    void CountOtherLines(in Judged judged, long sign)
    {
        for (var i = 0; i < judged.Claim.Lines.Length; i++)
            if (Paid(judged, i) is { } paid)
                impacts.Totals.AddLine(judged.Claim.Lines[i].Code, ImpactCause.OtherLines, paid * sign);
    }

    /// <summary>The table whose change moves the payment of a line.</summary>
    ImpactCause CauseOf(Claim claim, in ServiceLine line)
    {
        var (code, isFacility, day) = (line.Code, claim.Setting == Setting.Facility,
            terms.Days is null ? line.Date : default);
        if (causes.TryGetValue((code.Packed, isFacility, day), out var known)) return known;
        var books = On(line.Date);
        var (factorBefore, factorAfter) = books.Factor(qualifying: false);
        var isFee = !isFacility && books.After.TryFee(code, books.AfterDay, out _);
        return causes[(code.Packed, isFacility, day)] =
            books.Fate(code) is CodeFate.Retired or CodeFate.New or CodeFate.Reinstated ? ImpactCause.CodeEnded
            : isFacility && books.Opps(code) is not null ? ImpactCause.Opps
            : !isFacility && books.Asp(code) is not null ? ImpactCause.AspLimit
            : books.Unit(code) is not null ? ImpactCause.BillingUnit
            : isFee && books.Fee(code) is not null ? ImpactCause.FeeSchedule
            : isFee && factorBefore != factorAfter ? ImpactCause.ConversionFactor
            : ImpactCause.Other;
    }

    ClaimImpact Tell(in Judged one, in Judged two, (string File, long Number) at, Money? paid, Money? pays,
        List<int> gone, List<int> more)
    {
        var (linesGone, linesNew) = (LinesOnly(one.Claim, two.Claim), LinesOnly(two.Claim, one.Claim));
        var lines = linesGone.Count + linesNew.Count == 0
            ? OfMoney(one, two)
            : [.. OfLines(one, linesGone), .. OfLines(two, linesNew)];
        IEnumerable<string> why = [.. OfFindings(one, gone), .. OfFindings(two, more), .. lines];
        return new(one.Claim.Text(ClaimText.Id), at.File, at.Number, paid, pays, Told(gone, one), Told(more, two),
            linesGone, linesNew, [.. why.Distinct()]);
    }

    static bool HasSameLines(Claim one, Claim two)
    {
        if (ReferenceEquals(one, two)) return true;
        if (one.Lines.Length != two.Lines.Length) return false;
        for (var i = 0; i < one.Lines.Length; i++)
            if (Words(one.Lines[i]) != Words(two.Lines[i])) return false;
        return true;
    }

    static string Words(in ServiceLine line) =>
        $"{line.Code}{(line.Modifiers.IsEmpty ? "" : "-")}{line.Modifiers} x{line.Units}";

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
        for (var i = 0; i < judged.Claim.Lines.Length; i++)
            if (Paid(judged, i) is { } paid) sum = (sum ?? Money.Zero) + paid;
        return sum;
    }

    /// <summary>
    /// The amount of a line; nothing where Medicare pays nothing, and null where the book does not say.
    /// </summary>
    static Money? Paid(in Judged judged, int line)
    {
        ref readonly var expected = ref judged.Expected[line];
        if (expected.Amount is not null) return expected.Amount;
        var isNothing =
            expected.Why is Unpriced.NotCovered or Unpriced.NotValid or Unpriced.Excluded or Unpriced.Bundled
                or Unpriced.NotPaidAtFacility or Unpriced.SelfAdministered or Unpriced.DenialAsked;
        return isNothing
            || (expected.Why == Unpriced.NotInBook
                && !judged.Book.Codes[judged.Book.Id(judged.Claim.Lines[line].Code)].IsEmpty)
            ? Money.Zero
            : null;
    }

    /// <summary>Most claims: the same is said in the same places.</summary>
    static bool IsSame(FindingList one, FindingList two)
    {
        if (one.Count != two.Count) return false;
        for (var i = 0; i < one.Count; i++)
        {
            ref readonly var left = ref one[i];
            ref readonly var right = ref two[i];
            if (left.Info != right.Info || left.Place != right.Place || left.Severity != right.Severity
                || left.OtherLine != right.OtherLine || left.Under != right.Under)
                return false;
        }
        return true;
    }

    /// <summary>The findings, by their places in the list, that speak with one book and not with the other.</summary>
    List<int> Only(in Judged one, in Judged other)
    {
        var (key, others, only) = (new FindingKey(one.Claim), new FindingKey(other.Claim), new List<int>());
        keys.Clear();
        foreach (ref readonly var finding in other.Findings.Span)
            if (finding.Under == 0)
                System.Runtime.InteropServices.CollectionsMarshal
                    .GetValueRefOrAddDefault(keys, (others.NumberOf(finding), finding.Severity), out _)++;
        for (var i = 0; i < one.Findings.Count; i++)
        {
            ref readonly var finding = ref one.Findings[i];
            if (finding.Under != 0) continue;
            ref var left =
                ref System.Runtime.InteropServices.CollectionsMarshal
                    .GetValueRefOrAddDefault(keys, (key.NumberOf(finding), finding.Severity), out _);
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
            told.Add(new(finding.Info, finding.Severity, finding.Place.Line,
                Sentence.Of(finding, judged.Claim, names)));
        }
        return told;
    }

    TwoBooks On(DateOnly day) =>
        terms.Days is var (before, after)
            ? new(terms.Before, before, terms.After, after)
            : new(terms.Before, day, terms.After, day);

    /// <summary>The rows that changed of the codes whose lines are paid otherwise.</summary>
    List<string> OfMoney(in Judged one, in Judged two)
    {
        var why = new List<string>();
        for (var i = 0; i < one.Claim.Lines.Length; i++)
            if (Paid(one, i) is { } paid && Paid(two, i) is { } pays && paid != pays)
                why.AddRange(OfLine(two.Claim, two.Claim.Lines[i]));
        return why;
    }

    /// <summary>The rows that changed of the codes that only one of the books bills.</summary>
    List<string> OfLines(in Judged judged, List<string> only)
    {
        var why = new List<string>();
        foreach (ref readonly var line in judged.Claim.Lines)
            if (only.Contains(Words(line))) why.AddRange(OfLine(judged.Claim, line));
        return why;
    }

    IEnumerable<string> OfLine(Claim claim, in ServiceLine line)
    {
        var (books, isFacility) = (On(line.Date), claim.Setting == Setting.Facility);
        var rows = ImpactReasons.Of(books, line.Code, isFacility);
        return !isFacility && books.After.TryFee(line.Code, books.AfterDay, out _)
            ? rows.Concat(ImpactReasons.OfFactor(books))
            : rows;
    }

    List<string> OfFindings(in Judged judged, List<int> indices)
    {
        var why = new List<string>();
        foreach (var i in indices) why.AddRange(OfFinding(judged.Claim, judged.Findings[i]));
        return why;
    }

    /// <summary>
    /// A pair that changed explains a finding on two lines; else the line's code does, and the diagnoses that the
    /// finding names.
    /// </summary>
    List<string> OfFinding(Claim claim, in Finding finding)
    {
        var (line, other, isFacility) = (claim.IndexOf(finding.Place.Line), claim.IndexOf(finding.OtherLine),
            claim.Setting == Setting.Facility);
        var books = On(line >= 0 ? claim.Lines[line].Date : claim.ServiceDate);
        List<string> why = line >= 0 && other >= 0
            ? [.. ImpactReasons.OfPair(books, claim.Lines[line].Code, claim.Lines[other].Code, isFacility)]
            : [];
        if (line >= 0 && why.Count == 0) why.AddRange(ImpactReasons.Of(books, claim.Lines[line].Code, isFacility));
        foreach (var arg in (ReadOnlySpan<Arg>)[finding.A, finding.B, finding.C, finding.D])
            if (arg.Kind == ArgKind.Diagnosis && claim.PositionOf(new((ulong)arg.Value)) > 0)
                why.AddRange(ImpactReasons.OfDiagnosis(books, new((ulong)arg.Value)));
        return why;
    }
}
