using System.Globalization;
using System.Text;
using Deltoid.Answers;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Says of a denied claim why, and what to do. For each adjustment the rows of <c>causes.tsv</c> that name its reason
/// are asked in their order; the first that holds is its cause, and facts that would have made an earlier one hold are
/// asked for. The claim's answer is that of its gravest lines. A Resolver belongs to one worker.
/// </summary>
internal sealed class Resolver(CodeBook book)
{
    /// <summary>The payer asks for a new claim.</summary>
    static readonly Code AsksNewClaim = Code.Of("N517");

    readonly Scrubber scrubber = new();
    readonly ClaimPayers payers = new(book);

    /// <summary>An adjustment, its row, and what it was not sure of.</summary>
    sealed record Item(int Payment, int PaidLine, int Sent, int Index, Adjustment Adjustment, CauseRow? Row,
        NextStep Step, List<(CauseRow Row, string Fact)> Open)
    {
        public long Weight => Math.Abs(Adjustment.Amount?.Cents ?? 0);

        public int Rank => Row is null ? -1 : ((int)Row.Kind * 2) + (Step == NextStep.None ? 0 : 1);
    }

    public Resolution Resolve(DeniedClaim of)
    {
        var at = new Situation(of, book, scrubber, payers);
        var items = ItemsOf(at);
        var resolution = new Resolution { Claim = IdOf(of), PayerControl = ControlOf(of) };
        if (items.Count == 0) return resolution;
        var main = MainOf(items);
        Look(at, main);
        resolution.Kind = main.Row?.Kind ?? AnswerKind.Denial;
        (resolution.Cause, resolution.Step) = (main.Row, main.Step);
        if (main.Row is null) resolution.Confidence = Confidence.Low;
        Fill(resolution, at, main, items);
        Post(resolution, at, items);
        return resolution;
    }

    static string IdOf(DeniedClaim of) => of.Claim is { } claim && claim.Text(ClaimText.Id) is { Length: > 0 } id ? id
        : of.Payments is [var first, ..] ? first.Text(first.Id)
        : "";

    static string ControlOf(DeniedClaim of) => of.Payments is [.., var last] ? last.Text(last.PayerControl) : "";

    static void Look(Situation at, Item item)
    {
        if (at.Of.Payments.Count > 0) at.Look(item.Payment, item.PaidLine, item.Sent, item.Index, item.Adjustment);
    }

    /// <summary>Every adjustment with its row, in the order of the remittance.</summary>
    static List<Item> ItemsOf(Situation at)
    {
        var items = new List<Item>();
        for (var p = 0; p < at.Of.Payments.Count; p++)
        {
            var payment = at.Of.Payments[p];
            if (payment.IsReversal)
            {
                Add(items, at, p, 0, -1, new(default, default, payment.Paid), CauseTable.Reversal);
                continue;
            }
            for (var line = 0; line <= payment.Lines.Length; line++)
            {
                var sent = line == 0 ? -1 : LineMatch.Of(at.Of.Claim, payment, line);
                var adjustments = payment.Adjustments.Of(line);
                for (var i = 0; i < adjustments.Length; i++)
                    Add(items, at, p, line, sent, adjustments[i], adjustments[i].Reason.ToString(), i);
                if (line > 0 && payment.Lines[line - 1].Paid is { Cents: > 0 } paid)
                    Add(items, at, p, line, sent, new(default, default, paid), CauseTable.PaidLine);
            }
        }
        if (at.Of.Remittance is { Adjustments.Count: > 0 } head)
            Add(items, at, 0, 0, -1, new(default, default, head.Adjustments[0].Amount), CauseTable.ProviderAdjustment);
        if (at.Of.Payments.Count == 0) Add(items, at, 0, 0, -1, default, CauseTable.Refused);
        return items;
    }

    /// <param name="reason">The adjustment's, or a word that stands for none, which makes an item only with a
    /// row.</param>
    static void Add(List<Item> items, Situation at, int payment, int line, int sent, Adjustment adjustment,
        string reason, int index = -1)
    {
        if (at.Of.Payments.Count > 0) at.Look(payment, line, sent, index, adjustment);
        var open = new List<(CauseRow, string)>();
        var unknown = new List<string>();
        CauseRow? chosen = null;
        foreach (var row in CauseTable.Shipped.For(reason))
        {
            if (!CauseTable.Names(row, reason, adjustment, code => Questions.HasRemark(at, code))) continue;
            unknown.Clear();
            var holds = row.When.In(at, unknown);
            if (holds == Truth.Unknown) foreach (var fact in unknown) open.Add((row, fact));
            if (holds != Truth.Yes) continue;
            chosen = row;
            break;
        }
        if (chosen is null && index < 0) return;
        items.Add(new(payment, line, sent, index, adjustment, chosen,
            chosen is null ? NextStep.None : StepOf(at, chosen), open));
    }

    /// <summary>
    /// The step of a row, as the payer takes it: what was never processed is neither argued with nor reopened, and some
    /// decisions take no appeal.
    /// </summary>
    static NextStep StepOf(Situation at, CauseRow row) => row.Step switch
    {
        null => Correction(at),
        { } step when IsOpen(at, step) => step,
        NextStep.Appeal when !Questions.IsUnprocessable(at) =>
            at.Payer == PayerKind.Medicare ? NextStep.Reopening : NextStep.Resubmit,
        _ => NextStep.NewClaim,
    };

    /// <summary>Whether the payer takes such a step at all.</summary>
    static bool IsOpen(Situation at, NextStep step) => step switch
    {
        NextStep.Appeal => !Questions.IsUnprocessable(at) && !Questions.HasRemark(at, Questions.NoAppeal),
        NextStep.Reopening => !Questions.IsUnprocessable(at),
        NextStep.CorrectedClaim => !Questions.IsUnprocessable(at) && at.Payer != PayerKind.Medicare,
        _ => true,
    };

    /// <summary>
    /// How a payer takes the correction of our error: what was never processed goes as a new claim, Medicare reopens,
    /// the others take a replacement.
    /// </summary>
    static NextStep Correction(Situation at) =>
        Questions.IsUnprocessable(at) || Questions.HasRemark(at, AsksNewClaim) ? NextStep.NewClaim
            : at.Payer == PayerKind.Medicare ? NextStep.Reopening
            : NextStep.CorrectedClaim;

    /// <summary>The gravest kind, and of it the cause and step at which most money is.</summary>
    static Item MainOf(List<Item> items)
    {
        var rank = items.Max(static i => i.Rank);
        return items.Where(i => i.Rank == rank).GroupBy(static i => (i.Row?.Cause, i.Step))
            .OrderByDescending(static g => g.Sum(static i => i.Weight)).First()
            .OrderByDescending(static i => i.Weight).First();
    }

    static void Fill(Resolution resolution, Situation at, Item main, List<Item> items)
    {
        foreach (var item in items)
            if (item.PaidLine > 0 && item.Row is { } row
                && !resolution.Lines.Exists(l => l.Number == NumberOf(at, item))
                && item == Gravest(items, item))
                resolution.Lines.Add(new(NumberOf(at, item), row, item.Step));
        foreach (var item in items.Where(i => i.Step == main.Step && i.Row is not null && i.Rank == main.Rank))
        {
            Look(at, item);
            Changes.Add(at, item.Row!, resolution.Changes);
            Prove(resolution, at, item);
        }
        Look(at, main);
        var isOfEarlier = main.Row?.Changes is ["earlier-claim"];
        if (main.Step == NextStep.CorrectedClaim && !isOfEarlier) Changes.Replace(at, resolution.Changes);
        resolution.Deadline = isOfEarlier ? Clocks.OfEarlier(at, main.Step) : Clocks.Of(at, main.Step);
        if (main.Row is not { } cause) return;
        resolution.Alternatives.AddRange(cause.Also.Where(a => a.Step != main.Step && IsOpen(at, a.Step)));
        Nevers.Add(resolution, at, cause, main.Adjustment);
        Ask(resolution, at, main);
    }

    static Item Gravest(List<Item> items, Item of) =>
        items.Where(i => i.Payment == of.Payment && i.PaidLine == of.PaidLine)
            .OrderByDescending(static i => i.Rank).ThenByDescending(static i => i.Weight).First();

    static int NumberOf(Situation at, Item item) =>
        item.Sent >= 0 ? at.Of.Claim!.Lines[item.Sent].Number : item.PaidLine;

    /// <summary>
    /// What the cause rests on: facts that its condition names, what the edits say, the adjustment itself.
    /// </summary>
    static void Prove(Resolution resolution, Situation at, Item item)
    {
        foreach (var name in item.Row!.When.Names)
            foreach (var fact in at.Facts)
                if (fact.Kind.Name == name && fact.Covers(at.LineNumber))
                    Add(resolution, new(name, fact.At, SaysOf(fact)));
        foreach (ref readonly var finding in at.Findings.Span)
            if (finding.Place.Line > 0 && finding.Place.Line == at.LineNumber && finding.Severity != Severity.Info)
                Add(resolution, new("finding", $"/claim/lines/{Math.Max(at.Sent, 0)}",
                    $"{finding.Info.Id}: {FindingText.Message(finding)}"));
        if (item.Index >= 0)
            Add(resolution, new("remittance", PointerOf(item),
                $"{item.Adjustment.Group}-{item.Adjustment.Reason}"));
    }

    static void Add(Resolution resolution, Evidence evidence)
    {
        if (!resolution.Evidence.Contains(evidence)) resolution.Evidence.Add(evidence);
    }

    static string PointerOf(Item item) => item.PaidLine == 0
        ? string.Create(CultureInfo.InvariantCulture, $"/payments/{item.Payment}/adjustments/{item.Index}")
        : string.Create(CultureInfo.InvariantCulture,
            $"/payments/{item.Payment}/lines/{item.PaidLine - 1}/adjustments/{item.Index}");

    /// <summary><c>number A1, codes J2323</c>.</summary>
    static string SaysOf(RecordFact fact)
    {
        var text = new StringBuilder(fact.Is ? "" : "not so");
        for (var i = 0; i < fact.Values.Length; i++)
            if (fact.Values[i] is { } value)
                text.Append(text.Length > 0 ? ", " : "").Append(fact.Kind.Fields[i].Name).Append(' ')
                    .Append(value.Text);
        return text.Length == 0 ? "so" : text.ToString();
    }

    /// <summary>
    /// Facts that nobody states and that would have led to another step, or that say what the correction is.
    /// </summary>
    static void Ask(Resolution resolution, Situation at, Item main)
    {
        foreach (var (row, fact) in main.Open)
        {
            var step = StepOf(at, row);
            var isValue = step == main.Step && row.Changes.Length > 0 && main.Row!.Changes.Length == 0;
            if ((step == main.Step && !isValue) || resolution.Questions.Exists(q => q.Fact == fact)) continue;
            resolution.Questions.Add(new(fact, FieldsOf(fact), isValue
                ? "what to correct"
                : $"{Steps.Words[step]} or {Steps.Words[main.Step]}"));
        }
        if (resolution.Questions.Count > 0) resolution.Confidence = Confidence.Medium;
        if (at.Of.Claim is null || resolution.Questions.Count > 2) resolution.Confidence = Confidence.Low;
    }

    static string FieldsOf(string fact) => Rules.FactKinds.Shipped.Find(fact) is { } kind
        ? string.Join(", ", kind.Fields.Select(static f => f.Name))
        : "";

    static void Post(Resolution resolution, Situation at, List<Item> items)
    {
        foreach (var payment in at.Of.Payments)
            foreach (ref readonly var line in payment.Lines)
                if (line.Paid is { } paid && paid != Money.Zero)
                    resolution.Postings.Add(new(line.Number, PostingKind.Payment, default, default, paid));
        var patient = Money.Zero;
        foreach (var item in items)
        {
            if (item.Index < 0 || item.Adjustment.Amount is not { } amount) continue;
            var kind = PostingOf(item);
            if (kind == PostingKind.Patient) patient += amount;
            if (item.Row is { Cause: "DN-23" }) amount -= PostAgreed(resolution, at, item, amount);
            if (kind != PostingKind.None)
                resolution.Postings.Add(new(NumberOf(at, item), kind, item.Adjustment.Group, item.Adjustment.Reason,
                    amount));
        }
        PostReversals(resolution, at);
        resolution.PatientOwes = Patients.Share(at, patient);
    }

    /// <summary>Of a reduction that is too large, what the price does allow is contractual.</summary>
    static Money PostAgreed(Resolution resolution, Situation at, Item item, Money amount)
    {
        Look(at, item);
        if (Questions.Shortfall(at) is not { } missing || !(missing < amount)) return Money.Zero;
        resolution.Postings.Add(new(NumberOf(at, item), PostingKind.Contractual, item.Adjustment.Group,
            item.Adjustment.Reason, amount - missing));
        return amount - missing;
    }

    /// <summary>What is taken back is posted line by line as it was paid, with its own signs.</summary>
    static void PostReversals(Resolution resolution, Situation at)
    {
        foreach (var payment in at.Of.Payments)
            for (var line = 1; payment.IsReversal && line <= payment.Lines.Length; line++)
                foreach (ref readonly var adjustment in payment.Adjustments.Of(line))
                    if (adjustment.Amount is { } amount)
                        resolution.Postings.Add(new(line, adjustment.Group == Adjustment.Patient ? PostingKind.Patient
                            : adjustment.Reason.ToString() == "23" ? PostingKind.PriorPayer
                            : PostingKind.Contractual, adjustment.Group, adjustment.Reason, amount));
    }

    static PostingKind PostingOf(Item item) => item.Row is not { } row ? PostingKind.DenialPending
        : row.Posting != PostingKind.None ? row.Posting
        : row.Kind is AnswerKind.NotADenial or AnswerKind.Pending ? PostingKind.None
        : item.Step switch
        {
            NextStep.WriteOff => PostingKind.WriteOffProposal,
            NextStep.BillPatient => PostingKind.Patient,
            _ => PostingKind.DenialPending,
        };
}
