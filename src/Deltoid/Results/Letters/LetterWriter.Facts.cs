using System.Globalization;
using Deltoid.Encounters;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Results.Letters;

/// <summary>Facts, criteria, the rule, the time, what is enclosed and who signs.</summary>
internal sealed partial class LetterWriter
{
    /// <summary>Why: the facts that the answer rests on, and what was given, each with where it is written.</summary>
    void WriteFacts()
    {
        var statements = new List<Statement>();
        foreach (var evidence in of.Evidence)
            if (FactAt(evidence.At) is { } fact) Add(statements, fact);
        if (kind is LetterKind.Appeal or LetterKind.Records) AddGiven(statements);
        if (of.Cause is null && statements.Count == 0) return;
        Heading(kind == LetterKind.Appeal && of.Cause?.Cause is "DN-7" or "DN-25"
            ? "Why the service was needed, from the record"
            : "Why");
        if (of.Cause is { } cause) Say($"In short: {cause.Words}.");
        if (statements.Count > 0) letter.Blocks.Add(new LetterList(statements));
        else letter.Before.Add("No fact of the record supports this letter. Do not send it before one is there.");
    }

    RecordFact? FactAt(string pointer)
    {
        foreach (var fact in at.Facts)
            if (fact.At == pointer) return fact;
        return null;
    }

    void Add(List<Statement> statements, RecordFact fact)
    {
        var statement = FactStatements.Shipped.Of(fact);
        if (!statements.Exists(s => s.Text == statement.Text && s.At == statement.At)) statements.Add(statement);
        Enclose(FactStatements.Shipped.EnclosureOf(fact));
    }

    /// <summary>What the chart says was given: drug, dose, route, site, lot; only what is charted.</summary>
    void AddGiven(List<Statement> statements)
    {
        for (var i = 0; Case.Encounter is { } chart && i < chart.Administrations.Count; i++)
        {
            var given = chart.Administrations[i];
            if (given.Given == false || given.Drug.Length == 0) continue;
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/encounter/administrations/{i}");
            statements.RemoveAll(s => s.At == $"{pointer}/drug");
            statements.Add(new($"Given: {WordsOf(given)}.", pointer, Whereabouts.OfPointer(pointer)));
            Enclose("Administration record");
        }
    }

    static string WordsOf(Administration given)
    {
        var words = new List<string> { given.Drug };
        if (given.DoseCharted && !given.Dose.IsNone) words.Add(given.Dose.ToString());
        if (given.Route != Route.None) words.Add(Words.Routes[given.Route]);
        if (given.Site.Length > 0) words.Add(given.Site);
        if (given.NdcText.Length > 0) words.Add($"NDC {given.NdcText}");
        if (given.Lot.Length > 0) words.Add($"lot {given.Lot}");
        return string.Join(", ", words);
    }

    void Enclose(string document)
    {
        if (document.Length > 0 && !enclosures.Contains(document)) enclosures.Add(document);
    }

    /// <summary>What decides, row by row: what is asked, what the record says and where, met or missing.</summary>
    void WriteCriteria()
    {
        var rows = new List<string[]>();
        foreach (var criterion in Criterion.All)
        {
            if (criterion.Cause != of.Cause?.Cause) continue;
            var met = criterion.When.In(at, []);
            var said = criterion.When.Names.SelectMany(name => at.Facts.Where(f => f.Kind.Name == name
                && f.Covers(at.LineNumber))).ToList();
            if (!criterion.IsAlways && said.Count == 0) continue;
            foreach (var fact in said.Where(_ => met == Truth.Yes))
                Enclose(FactStatements.Shipped.EnclosureOf(fact));
            if (met != Truth.Yes)
                letter.Before.Add($"{(met == Truth.No ? "Not met" : "Missing")}: {criterion.Asks} Find it in "
                    + "the record, or decide whether the letter should be sent without it.");
            // what the record does not say is for the practice: it supports nothing, and no payer is sent it
            if (said.Count == 0) continue;
            rows.Add([criterion.Asks, string.Join(' ', said.Select(static f => FactStatements.Shipped.Of(f).Text)),
                string.Join("; ", said.Select(static f => Whereabouts.Of(f)).Distinct()),
                met switch { Truth.Yes => "met", Truth.No => "not met", _ => "missing" }]);
        }
        if (rows.Count == 0) return;
        Heading("What decides, and what the record says");
        letter.Blocks.Add(new LetterTable(["What is asked", "What the record says", "Where", "Result"], rows, [],
            [31, 36, 21, 12]));
    }

    /// <summary>The rule, by its section and edition.</summary>
    void WriteRule()
    {
        Heading("The rule");
        Say($"This letter is sent under: {Cited(row.Cited, row.Source)}.");
        if (of.Cause is { } cause && RuleBook.Shipped.Find(cause.Cause) is { } rule && rule.Cited != row.Cited)
        {
            Say($"What decides the question: {Cited(rule.Cited, rule.Source)}.");
            if (rule.IsExpert)
                letter.Before.Add($"Read {rule.Cited} again before you quote it: we have not read this section in its "
                    + "current text.");
        }
        if (row.IsExpert && !row.IsOfPayer)
            letter.Before.Add($"Read {row.Cited} again before you quote it: we have not read this section in its "
                + "current text.");
        if (row.IsOfPayer)
            letter.Before.Add("Name the section of the "
                + $"{(row.Source.Id == "STATE" ? "state's rule" : "payer's policy")} {row.Section}, with its edition.");
    }

    static string Cited(string cited, Codes.SourceRow source) => source.Edition.Length > 0
        ? $"{cited} ({source.Title}, {source.Edition})"
        : $"{cited} ({source.Title})";

    /// <summary>The last day for this letter, and when the payer decides.</summary>
    void WriteTime()
    {
        Heading("Time");
        var step = Letter.StepOf(kind);
        if (IsHigher) SayLastDay();
        else if ((step == of.Step ? of.Deadline : Clocks.Of(at, step, of.Kind)) is { } deadline) SayDeadline(deadline);
        else letter.Before.Add("Look up the last day for this letter: the case does not say it.");
        Say(row.Days > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"Your decision is due {row.Days} days after you receive this letter. Please send it in writing.")
            : kind == LetterKind.Refund ? "Please confirm in writing that you have taken the refund to this claim."
                : kind == LetterKind.CorrectedClaim ? "Please decide the corrected claim in place of the first one."
                : "Please send us your decision in writing, and say how and until when we may ask for another review.");
    }

    /// <summary>The last day for a higher level, counted from the decision before.</summary>
    void SayLastDay()
    {
        var within = row.Within.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"{row.Within.Count} {(row.Within.IsMonths ? "months" : "days")} from ")
            + (row.CountsFromReceipt ? "receipt of the decision" : "the decision");
        if (row.LastDay(decided) is { } last) SayDay(last, within);
        else if (within.Length > 0) letter.Before.Add($"Send it within {within}. Write in the date of that decision.");
        else letter.Before.Add("Look up the last day for this letter: the decision before says it.");
    }

    void SayDeadline(Deadline deadline)
    {
        SayDay(deadline.Date, string.Create(CultureInfo.InvariantCulture,
            $"{deadline.Days} days from {FromOf(deadline)}"));
    }

    void SayDay(DateOnly last, string counted)
    {
        if (Case.Today != default && Case.Today > last)
            letter.Before.Add($"The last day for this letter was {Day(last)} ({counted}). "
                + "Say why it is late, or do not send it.");
        else
        {
            Say($"The last day for this letter is {Day(last)}: {counted}.");
            letter.Before.Add($"Send it so that it arrives by {Day(last)}, and keep the proof.");
        }
    }

    static string FromOf(Deadline deadline) => deadline.From switch
    {
        "service" => "the service date",
        "remittance" => "the date of the remittance",
        "receipt" => "receipt of the remittance",
        "notice" => "the date of your request",
        "identification" => "the day the overpayment was identified",
        "demand-letter" => "the date of your demand letter",
        var other => $"the {other.Replace('-', ' ')}",
    };

    void WriteEnclosures()
    {
        foreach (var document in Enumerable.Reverse(row.Encloses)) enclosures.Insert(0, document);
        if (at.Remitted != default) enclosures.Insert(0, $"Copy of the remittance of {Day(at.Remitted)}");
        if (kind == LetterKind.CorrectedClaim) enclosures.Insert(0, "Corrected claim");
        if (enclosures.Count == 0) return;
        Heading("Enclosed");
        letter.Blocks.Add(new LetterList([.. enclosures.Select(static e => new Statement(e))], IsNumbered: true));
        letter.Before.Add("Put each enclosed document with the letter; strike what you do not have. Send no page that "
            + "is not needed for this claim.");
    }

    void WriteSignature()
    {
        Heading("Signature");
        Say("Not signed yet.");
        foreach (var label in (ReadOnlySpan<string>)["Signature", "Name and title", "Date signed", "Phone"])
            letter.Blocks.Add(new LetterBlank(label));
        letter.Before.Add("Read every sentence, then sign by hand and strike \"Not signed yet.\"");
    }

    void WriteBefore()
    {
        foreach (var question in of.Questions)
            letter.Before.Add("Find out: " + QuestionWords.Of(question.Fact, question.Decides));
        if (of.Confidence == Confidence.Low)
            letter.Before.Add("The answer to this claim is not sure. Have a second person look at it.");
        if (Case.Today == default) letter.Before.Add("Write in the date.");
        if (row.Form.Length > 0)
            letter.Before.Add($"You may put form {row.Form} on top."
                + (IsRedetermination ? " This letter has what it asks." : ""));
        AddLeast();
        if (kind == LetterKind.Appeal && at.Payer == PayerKind.MedicareAdvantage && !IsHigher)
            letter.Before.Add(Case.Terms?.Contracted switch
            {
                true => "You have a contract with this plan: use its own way to dispute a payment.",
                false => "Without a contract, send the signed waiver of liability with this letter.",
                _ => "With a contract use the plan's own way; without one, send the signed waiver of liability.",
            });
    }

    /// <summary>Whether the amount in controversy is enough for this level.</summary>
    void AddLeast()
    {
        if (row.Amounts.Length == 0) return;
        if (row.LeastOn(Case.Today) is not { } least)
            letter.Before.Add("Look up the least amount in controversy for the year of this request. We do not have "
                + "it.");
        else if (InControversy() is { } amount && amount < least)
            letter.Before.Insert(0, $"Do not send it for this claim alone: {Dollars.Of(amount)} are in controversy, "
                + $"and this level needs {Dollars.Of(least)}. Ask whether it can be joined with claims of the same "
                + "question.");
    }
}
