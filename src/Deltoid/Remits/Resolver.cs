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
internal sealed partial class Resolver(CodeBook book)
{
    /// <summary>The payer asks for a new claim.</summary>
    static readonly Code AsksNewClaim = Code.Of("N517");

    readonly Scrubber scrubber = new();
    readonly ClaimPayers payers = new(book);
    readonly FindingList findings = new(); // filled again for each claim

    public Resolution Resolve(DeniedClaim of)
    {
        var at = new Situation(of, book, scrubber, payers, findings);
        var contradictions = Contradictions.Of(at);
        return contradictions.Count == 0 ? Resolve(at) : Resolve(at, contradictions);
    }

    static Resolution Resolve(Situation at)
    {
        var of = at.Of;
        var (items, taken) = (new List<CauseItem>(), new List<CauseItem>());
        Collect(at, items, taken);
        var resolution = new Resolution
        {
            Claim = IdOf(of), PayerControl = ControlOf(of), Prices = at.Prices,
            HasContract = of.Terms?.Contract is not null,
        };
        if (items.Count == 0)
        {
            Postings.Add(resolution, at, taken);
            ContractFacts.Ask(resolution, at);
            return resolution;
        }
        var main = MainOf(items);
        Look(at, main);
        resolution.Kind = main.Row?.Kind ?? AnswerKind.Denial;
        (resolution.Cause, resolution.Step, resolution.Late) = (main.Row, main.Step, main.Late);
        Fill(resolution, at, main, items);
        Postings.Add(resolution, at, [.. items, .. taken]);
        ContractFacts.Ask(resolution, at);
        return resolution;
    }

    static string IdOf(DeniedClaim of) => of.Claim is { } claim && claim.Text(ClaimText.Id) is { Length: > 0 } id ? id
        : of.Payments is [var first, ..] ? first.Text(first.Id)
        : "";

    static string ControlOf(DeniedClaim of) => of.Payments is [.., var last] ? last.Text(last.PayerControl) : "";

    static void Look(Situation at, CauseItem item)
    {
        if (at.Of.Payments.Count > 0) at.Look(item.Payment, item.PaidLine, item.Sent, item.Index, item.Adjustment);
    }

    /// <summary>Everything that came back with its row, in the order of the remittance.</summary>
    /// <param name="taken">Gets the adjustments that a reversal undoes: they are posted, and ask for nothing.</param>
    static void Collect(Situation at, List<CauseItem> items, List<CauseItem> taken)
    {
        for (var p = 0; p < at.Of.Payments.Count; p++)
        {
            var payment = at.Of.Payments[p];
            if (payment.IsReversal) Add(items, at, p, 0, -1, new(default, default, payment.Paid), CauseTable.Reversal);
            var into = payment.IsReversal ? taken : items;
            var matched = LineMatch.Of(at.Of.Claim, payment);
            for (var line = 0; line <= payment.Lines.Length; line++)
            {
                var sent = line == 0 ? -1 : matched[line - 1];
                var adjustments = payment.Adjustments.Of(line);
                for (var i = 0; i < adjustments.Length; i++)
                    Add(into, at, p, line, sent, adjustments[i], adjustments[i].Reason.ToString(), i);
                if (line > 0 && payment.Lines[line - 1].Paid is { Cents: > 0 } paid)
                    Add(items, at, p, line, sent, new(default, default, paid), CauseTable.PaidLine);
            }
        }
        if (at.Of.Payments.Count == 0) Add(items, at, 0, 0, -1, default, CauseTable.Refused);
        else AddOfProvider(at, items);
    }

    /// <summary>The adjustments of the payment as a whole (PLB).</summary>
    static void AddOfProvider(Situation at, List<CauseItem> items)
    {
        if (at.Of.Remittance is not { } head) return;
        for (var i = 0; i < head.Adjustments.Count; i++)
        {
            var (reason, amount) = (head.Adjustments[i].Reason, head.Adjustments[i].Amount);
            Add(items, at, 0, 0, -1, new(OfProvider, reason, amount), $"{CauseTable.OfProvider}{reason}", i);
        }
    }

    /// <summary>What is written for a group in an adjustment of the payment as a whole.</summary>
    public static readonly Code OfProvider = Code.Of("PLB");

    static readonly List<(CauseRow, string)> NoneOpen = [];

    static readonly List<CauseRow> NoneRuled = [];

    /// <param name="reason">The adjustment's, or a word that is written for none, which makes an item only with a
    /// row.</param>
    static void Add(List<CauseItem> items, Situation at, int payment, int line, int sent, Adjustment adjustment,
        string reason, int index = -1)
    {
        if (at.Of.Payments.Count > 0) at.Look(payment, line, sent, index, adjustment);
        List<(CauseRow, string)>? open = null;
        List<CauseRow>? ruled = null;
        var unknown = new List<string>();
        CauseRow? chosen = null;
        var hasRemark = at.HasRemark;
        var rows = CauseTable.Shipped.For(reason);
        foreach (var row in rows)
        {
            if (!CauseTable.Names(row, reason, adjustment, hasRemark)) continue;
            if (row.Step == NextStep.BillPatient && Patients.Bars(at, adjustment)) continue;
            unknown.Clear();
            var holds = row.When.In(at, unknown);
            if (holds == Truth.Unknown) foreach (var fact in unknown) (open ??= []).Add((row, fact));
            if (holds == Truth.No) (ruled ??= new(rows.Length)).Add(row);
            if (holds != Truth.Yes) continue;
            chosen = row;
            break;
        }
        if (chosen is null && (index < 0 || reason.StartsWith(CauseTable.OfProvider, StringComparison.Ordinal)))
            return;
        var (step, late) = chosen is null ? (NextStep.None, null) : InTime(at, chosen);
        items.Add(new(reason, payment, line, sent, index, adjustment, chosen, step, open ?? NoneOpen,
            ruled ?? NoneRuled) { Late = late });
    }

    /// <summary>
    /// The step as this payer takes it: what it never decided is neither argued with nor reopened, and some decisions
    /// take no appeal.
    /// </summary>
    static NextStep StepOf(Situation at, NextStep? step) => step switch
    {
        null => Correction(at),
        { } of when IsOpen(at, of) => of,
        NextStep.Appeal when !Questions.IsUnprocessable(at) =>
            at.Payer == PayerKind.Medicare ? NextStep.Reopening : NextStep.Resubmit,
        _ => Correction(at),
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

    /// <summary>
    /// The gravest kind, and of it the cause and step at which most money is; what is on every claim (a contractual
    /// amount) only where nothing else is.
    /// </summary>
    static CauseItem MainOf(List<CauseItem> items)
    {
        var rank = items.Max(static i => i.Rank);
        return items.Where(i => i.Rank == rank).GroupBy(static i => (i.Row?.Cause, i.Step))
            .OrderBy(static g => g.Key.Cause is { } cause && cause.StartsWith("ND-", StringComparison.Ordinal))
            .ThenByDescending(static g => g.Sum(static i => i.Weight)).First()
            .OrderByDescending(static i => i.Weight).First();
    }

    static void Fill(Resolution resolution, Situation at, CauseItem main, List<CauseItem> items)
    {
        foreach (var item in items)
            if (item.PaidLine > 0 && item.Row is { } row
                && !resolution.Lines.Exists(l => l.Number == NumberOf(at, item))
                && item == Gravest(items, item))
                resolution.Lines.Add(new(NumberOf(at, item), row, item.Step));
        foreach (var item in items.Where(i => i.Step == main.Step && i.Row is not null && i.Rank == main.Rank))
        {
            Look(at, item);
            if (!item.IsClosed) Changes.Add(at, item.Row!, resolution.Changes);
            Prove(resolution, at, item);
        }
        foreach (var item in items)
        {
            Look(at, item);
            ProveFacts(resolution, at, item);
        }
        Look(at, main);
        if (main.Row is not { } cause)
        {
            Unnamed(resolution, at, main);
            return;
        }
        if (main.Step == NextStep.CorrectedClaim && !IsOfEarlier(cause)) Changes.Replace(at, resolution.Changes);
        resolution.Deadline = DeadlineOf(at, cause, main.Step);
        AddAlternatives(resolution, at, main, cause);
        TellTime(resolution, at, main);
        Nevers.Add(resolution, at, cause, main);
        AskTerms(resolution, at, main);
        Ask(resolution, at, main);
    }

    static void AddAlternatives(Resolution resolution, Situation at, CauseItem main, CauseRow cause)
    {
        foreach (var (also, when) in cause.Also)
        {
            var step = also ?? Correction(at);
            if (step == main.Step || !IsOpen(at, step) || (step == NextStep.NewClaim && Questions.IsUnprocessable(at))
                || (step == NextStep.BillPatient && Patients.Bars(at, main.Adjustment)))
                continue;
            if (IsLate(at, cause, step))
                resolution.Never.Add((Steps.Words[step], new LateStep(step, DeadlineOf(at, cause, step)!).Says));
            else resolution.Alternatives.Add((step, when));
        }
    }

    /// <summary>No row names the reason, or none is sure to hold: nothing is proposed, and all that is open is
    /// asked.</summary>
    static void Unnamed(Resolution resolution, Situation at, CauseItem main)
    {
        Prove(resolution, at, main);
        Nevers.AddUnnamed(resolution, at, main.Adjustment);
        Ask(resolution, at, main);
        if (resolution.Questions.Count == 0)
            resolution.Questions.Add(new("payer-policy", FieldsOf("payer-policy"),
                $"what the payer means by {main.Adjustment.Group}-{main.Adjustment.Reason}"));
        resolution.Confidence = Confidence.Low;
    }

    static CauseItem Gravest(List<CauseItem> items, CauseItem of) =>
        items.Where(i => i.Payment == of.Payment && i.PaidLine == of.PaidLine)
            .OrderByDescending(static i => i.Rank).ThenByDescending(static i => i.Weight).First();

    static int NumberOf(Situation at, CauseItem item) =>
        item.Sent >= 0 ? at.Of.Claim!.Lines[item.Sent].Number : item.PaidLine;

    /// <summary>
    /// What the cause rests on: facts that its condition names, and those that ruled out another step; what the edits
    /// say; what came back.
    /// </summary>
    static void Prove(Resolution resolution, Situation at, CauseItem item)
    {
        ProveFacts(resolution, at, item);
        foreach (ref readonly var finding in at.Findings.Span)
            if (item.Reason == CauseTable.Refused
                ? Questions.IsOfRefusal(finding)
                : finding.Place.Line > 0 && finding.Place.Line == at.LineNumber && finding.Severity != Severity.Info)
                Add(resolution, new("finding", finding.Place.Line > 0
                    ? $"/claim/lines/{at.Of.Claim!.IndexOf(finding.Place.Line)}"
                    : "/claim", $"{finding.Info.Id}: {FindingText.Message(finding)}"));
        if (item.Row is { Kind: AnswerKind.Rejection } && at.Of.Claim is not null
            && !resolution.Evidence.Exists(static e => e.Fact == "finding"))
            Add(resolution, new("finding", "/claim", "no edit of Deltoid finds an error that explains it"));
        Add(resolution, new("remittance", item.Pointer(at.Of), item.Says(at.Of)));
    }

    static void ProveFacts(Resolution resolution, Situation at, CauseItem item)
    {
        if (at.Facts.Count == 0) return;
        if (item.Row is { } own) Prove(resolution, at, own.When.Names);
        foreach (var row in item.Ruled)
            if (StepOf(at, row.Step) != item.Step) Prove(resolution, at, row.When.Names);
        Prove(resolution, at, ["medicaid-dual"]); // it decides on every share
    }

    static void Prove(Resolution resolution, Situation at, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            foreach (var fact in at.Facts)
                if (fact.Kind.Name == name && fact.Covers(at.LineNumber))
                    Add(resolution, new(name, fact.At, SaysOf(fact)));
    }

    static void Add(Resolution resolution, Evidence evidence)
    {
        if (!resolution.Evidence.Contains(evidence)) resolution.Evidence.Add(evidence);
    }

    /// <summary><c>authorization on file: number A1, codes J2323</c>; <c>drug source: specialty-pharmacy</c>.</summary>
    static string SaysOf(RecordFact fact)
    {
        var text = new StringBuilder();
        var isAlone = fact.Values.Count(static v => v is not null) == 1;
        for (var i = 0; i < fact.Values.Length; i++)
            if (fact.Values[i] is { } value)
                text.Append(text.Length > 0 ? ", " : "").Append(Words(fact.Kind.Fields[i], value.Text, isAlone));
        var name = fact.Kind.Name.Replace('-', ' ');
        return text.Length == 0 ? $"{name}: {(fact.Is ? "yes" : "no")}" : $"{name}{(fact.Is ? "" : ", no")}: {text}";
    }

    /// <summary>A field and its value; of one value alone the fact has said the name.</summary>
    static string Words(Rules.FactField field, string value, bool isAlone) => field.Type == Rules.FactType.Flag
        ? value == "true" ? field.Name : "not " + field.Name
        : isAlone ? value : $"{field.Name} {value}";

    /// <summary>
    /// Facts that nobody states and that would have led to another step, or that say what the correction is.
    /// </summary>
    static void Ask(Resolution resolution, Situation at, CauseItem main)
    {
        foreach (var (row, fact) in main.Open)
        {
            var (step, late) = InTime(at, row);
            var isValue = step == main.Step && late is null && row.Changes.Length > 0
                && main.Row is { Changes.Length: 0 };
            if (step == main.Step && row.Kind == main.Row?.Kind && !isValue) continue;
            if (resolution.Questions.Find(q => q.Fact == fact) is not { } question)
                resolution.Questions.Add(question = new(fact, FieldsOf(fact), isValue ? "what to correct"
                    : step == main.Step ? $"{Steps.Kinds[row.Kind]} or {Steps.Kinds[resolution.Kind]}"
                    : $"{Steps.Words[step]} or {Steps.Words[main.Step]}"));
            question.Rows.Add(row);
        }
        if (resolution.Questions.Count > 0) resolution.Confidence = Confidence.Medium;
        if (at.Of.Claim is null || resolution.Questions.Count > 2) resolution.Confidence = Confidence.Low;
    }

    static string FieldsOf(string fact) => Rules.FactKinds.Shipped.Find(fact) is { } kind
        ? string.Join(", ", kind.Fields.Select(static f => f.Name))
        : "";
}
