using System.Collections.Concurrent;
using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Remittances;

namespace Deltoid.Batch;

/// <summary>A file of remittances, which is opened once for each reading.</summary>
internal sealed record RemitInput(string Name, Func<Stream> Open);

/// <summary>
/// Reads remittances twice: first all files, for what adds up and what came before; then each file again, for what
/// became of its claims, on all cores and in the order of the file.
/// </summary>
internal sealed class RemitRun(CodeBook book, SentClaims sent, IReadOnlyDictionary<string, PayerTerms> terms,
    DateOnly today)
{
    readonly List<(SurveyedFile File, RemitInput Input)> files = [];
    readonly List<SurveyedSet> earlier = [];
    readonly RemitSurvey survey = new();

    /// <summary>Reads a file for the first time.</summary>
    /// <param name="isEarlier">It was received before, and is not answered.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SurveyedFile Survey(RemitInput input, bool isEarlier, CancellationToken stop)
    {
        using var stream = input.Open();
        var file = survey.Read(input.Name, new BlockSource(stream), stop);
        files.Add((file, input));
        if (isEarlier) earlier.AddRange(file.Sets);
        return file;
    }

    /// <summary>All files were surveyed: says of each set what is to be done with it.</summary>
    public void Judge()
    {
        var ledger = new RemitLedger();
        var isEarlier = new HashSet<SurveyedSet>(earlier);
        ledger.Take(earlier, files.SelectMany(static f => f.File.Sets).Where(s => !isEarlier.Contains(s)));
        NameClaims();
        LearnNumbers();
        ShowSegments();
        FindEarlierPayers();
    }

    readonly EarlierPayers earlierPayers = new();

    /// <summary>Reads again what other payers decided on the claims of later payers.</summary>
    void FindEarlierPayers()
    {
        var wanted = new HashSet<ulong>();
        EachMark(mark =>
        {
            if (mark.IsOfLaterPayer && mark.Id != 0) wanted.Add(mark.Id);
        });
        if (wanted.Count == 0) return;
        foreach (var (file, input) in files)
        {
            var sets = file.Sets.Where(s => s.Verdict is RemitVerdict.Post or RemitVerdict.PostWithWarning
                && HasEarlier(s, wanted)).ToDictionary(static s => s.Place);
            if (sets.Count == 0) continue;
            using var stream = input.Open();
            PaymentsOf(new BlockSource(stream), sets, (set, payment) =>
            {
                var id = ContentHash.OfNumber(payment[payment.Id]);
                if (!payment.IsReversal && wanted.Contains(id)) earlierPayers.Add(id, set, payment.Detach());
            });
        }
    }

    /// <summary>Reads the payments of a surveyed file; each is the same object filled again.</summary>
    public static void EachPayment(SurveyedFile file, RemitInput input, Action<SurveyedSet, ClaimPayment> take)
    {
        using var stream = input.Open();
        PaymentsOf(new BlockSource(stream), file.Sets.Where(static s => s.IsRead).ToDictionary(static s => s.Place),
            take);
    }

    static bool HasEarlier(SurveyedSet set, HashSet<ulong> wanted)
    {
        foreach (ref readonly var mark in set.Marks.Span)
            if (!mark.IsReversal && wanted.Contains(mark.Id)) return true;
        return false;
    }

    static void PaymentsOf(BlockSource source, Dictionary<(int, int, int), SurveyedSet> sets,
        Action<SurveyedSet, ClaimPayment> take)
    {
        var (reader, payment, unused) = (new RemittanceReader(), new ClaimPayment(), new FindingList());
        var (head, sums) = (new Remittance(), new RemittanceSums());
        while (source.Next() is { } block)
        {
            foreach (var item in block.Items)
            {
                if (item.SetPart is not { } part || part.Set.Guide?.Set != RemittanceSet.Set
                    || !sets.TryGetValue((part.Set.Interchange, part.Set.Group, part.Set.Set), out var set))
                    continue;
                for (reader.Open(block.Bytes, part, head, sums); reader.Read(payment, unused); unused.Clear())
                    take(set, payment);
                reader.SetFindings.Clear();
            }
            source.Return(block);
        }
    }

    /// <summary>
    /// The numbers that the payer gave claims in other payments: where it does not name a claim by its number, its own
    /// leads there.
    /// </summary>
    void LearnNumbers()
    {
        if (sent.Count == 0) return;
        var wanted = new HashSet<ulong>();
        EachMark(mark =>
        {
            if (mark.Control != 0 && !sent.Has(mark.Id)) wanted.Add(mark.Control);
        });
        if (wanted.Count == 0) return;
        EachMark(mark =>
        {
            if (wanted.Contains(mark.Control) && sent.Has(mark.Id)) sent.Learn(mark.Control, mark.Id);
        });
    }

    void EachMark(Action<PaymentMark> take)
    {
        foreach (var (file, _) in files)
            foreach (var set in file.Sets)
                foreach (ref readonly var mark in set.Marks.Span) take(mark);
    }

    /// <summary>Reads the segments of faults that were found when the files were no longer read.</summary>
    void ShowSegments()
    {
        foreach (var (file, input) in files)
        {
            Stream? stream = null;
            foreach (var set in file.Sets)
                foreach (var fault in set.Faults)
                    if (fault is { At: > 0, OwnId.Length: > 0, Text.Length: 0 })
                    {
                        var name = $"CLP{(char)set.Head.Delimiters.Element}";
                        fault.Text = TextAt(stream ??= input.Open(), fault.At - name.Length,
                            set.Head.Delimiters.Segment);
                        fault.Claim = TextAt(stream, fault.At, set.Head.Delimiters.Element);
                    }
            stream?.Dispose();
        }
    }

    /// <summary>Says which claim an adjustment's reference names: by the payer's number, or by the claim's.</summary>
    void NameClaims()
    {
        var wanted = new Dictionary<ulong, string?>();
        foreach (var (file, _) in files)
            foreach (var set in file.Sets)
                foreach (var adjustment in set.Adjustments)
                    foreach (var name in NamesIn(set.Head.Text(adjustment.Row.Reference)))
                        wanted[ContentHash.Of(Encoding.UTF8.GetBytes(name))] = null;
        if (wanted.Count > 0) FindClaims(wanted);
        foreach (var (file, _) in files)
            foreach (var set in file.Sets)
                foreach (var adjustment in set.Adjustments) Name(set, adjustment, wanted);
    }

    /// <summary>A reference is a number, or several with blanks between them.</summary>
    public static IEnumerable<string> NamesIn(string reference) =>
        reference.Length == 0 ? []
            : reference.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(reference).Distinct();

    void FindClaims(Dictionary<ulong, string?> wanted)
    {
        foreach (var (file, input) in files)
        {
            Stream? stream = null;
            foreach (var set in file.Sets)
                foreach (ref readonly var mark in set.Marks.Span)
                {
                    if (!wanted.ContainsKey(mark.Id) && !wanted.ContainsKey(mark.Control)) continue;
                    var id = TextAt(stream ??= input.Open(), mark.At, set.Head.Delimiters.Element,
                        set.Head.Delimiters.Segment);
                    foreach (var key in (ReadOnlySpan<ulong>)[mark.Id, mark.Control])
                        if (wanted.ContainsKey(key)) wanted[key] = id;
                }
            stream?.Dispose();
        }
        foreach (var claim in sent.All)
            foreach (var text in (ReadOnlySpan<ClaimText>)[ClaimText.Id, ClaimText.OriginalReference])
                if (claim.Claim[text] is { IsEmpty: false } number
                    && wanted.TryGetValue(ContentHash.Of(number), out var known) && known is null)
                    wanted[ContentHash.Of(number)] = claim.Claim.Text(ClaimText.Id);
    }

    /// <summary>The text that begins at a byte of the file and goes to the first of these bytes.</summary>
    static string TextAt(Stream stream, long at, params ReadOnlySpan<byte> ends)
    {
        var bytes = new byte[300];
        stream.Position = at;
        var text = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        var end = text.IndexOfAny(ends);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    static void Name(SurveyedSet set, MeantAdjustment adjustment, Dictionary<ulong, string?> found)
    {
        var reason = adjustment.Row.Reason;
        if (reason == ProviderAdjustments.Forward) return; // it names a payment
        foreach (var name in NamesIn(set.Head.Text(adjustment.Row.Reference)))
            if (found.GetValueOrDefault(ContentHash.Of(Encoding.UTF8.GetBytes(name))) is { } claim)
            {
                adjustment.Claim = claim;
                return;
            }
        if (reason == ProviderAdjustments.Interest && set.WithInterest == 1) adjustment.Claim = set.FirstWithInterest;
    }

    /// <summary>
    /// What a judged file says of one claim, with all that is known beside it; null where it says nothing. Of several
    /// sets the last counts.
    /// </summary>
    /// <param name="number">The claim's number, as it was sent.</param>
    public DeniedClaim? CaseOf(SurveyedFile file, RemitInput input, string number)
    {
        var (payments, of) = (new List<ClaimPayment>(), default(SurveyedSet));
        EachPayment(file, input, (set, payment) =>
        {
            if (sent.Of(payment).Sent is not { } claim || claim.Claim.Text(ClaimText.Id) != number) return;
            if (of != set) payments.Clear();
            of = set;
            payments.Add(payment.Detach());
        });
        return of is null ? null
            : new RemitAnswerer(book, sent, terms, earlierPayers, today).CaseOf(of, [.. payments]).Case;
    }

    /// <summary>Answers the claims of a surveyed file, on so many workers.</summary>
    /// <param name="isJson">Answers are wanted as JSON; else as entries of a page.</param>
    /// <param name="deliver">Gets what a block came to, in the order of the file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Answer(SurveyedFile file, RemitInput input, int workers, bool isJson, Action<AnsweredBlock> deliver,
        CancellationToken stop)
    {
        if (!file.Sets.Exists(static s => s.Verdict is RemitVerdict.Post or RemitVerdict.PostWithWarning)) return;
        using var stream = input.Open();
        var source = new BlockSource(stream);
        var sets = file.Sets.ToDictionary(static s => s.Place);
        var used = new ConcurrentBag<RemitAnswerer>();
        RemitWorker? last = null; // of claims with several payments, which few files have
        var run = new InOrder<Block, AnsweredBlock>(source.Next, static block => block.Number, made =>
        {
            if (made.Held.Count > 0) (last ??= NewWorker(sets, isJson, used)).AnswerHeld(made);
            deliver(made);
        });
        run.Run(workers, () =>
        {
            var worker = NewWorker(sets, isJson, used);
            return block =>
            {
                var made = worker.Answer(block);
                source.Return(block);
                return made;
            };
        }, 0, stop);
        foreach (var answerer in used) idle.Add(answerer);
    }

    readonly ConcurrentBag<RemitAnswerer> idle = []; // from file to file

    RemitWorker NewWorker(Dictionary<(int, int, int), SurveyedSet> sets, bool isJson, ConcurrentBag<RemitAnswerer> used)
    {
        if (!idle.TryTake(out var answerer)) answerer = new(book, sent, terms, earlierPayers, today);
        used.Add(answerer);
        return new(answerer, sets, isJson);
    }
}
