using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Envelope;

namespace Deltoid.Cli;

/// <summary>The options that say what no claim says: who sends to whom, under which numbers, when.</summary>
sealed class EnvelopeOptions
{
    readonly Option<string> sender = Text("--sender",
            "Sender's id (ISA06, GS02, loop 1000A); if not given, the billing tax id", "ID"),
        senderKind = Text("--sender-kind", "Qualifier of the sender's id (ISA05)", "ZZ", "ZZ");
    readonly Option<string> receiver = Text("--receiver",
            "Receiver's id (ISA08, GS03, loop 1000B); if not given, the payer's id", "ID"),
        receiverKind = Text("--receiver-kind", "Qualifier of the receiver's id (ISA07)", "ZZ", "ZZ");
    readonly Option<string> submitter = Text("--submitter", "Submitter's name; if not given, the billing provider's",
            "NAME"), contact = Text("--contact", "The submitter's contact person", "NAME"),
        phone = Text("--phone", "The submitter's telephone, ten digits; if not given, the billing provider's",
            "NUMBER");
    readonly Option<string> receiverName = Text("--receiver-name", "Receiver's name; if not given, the payer's",
            "NAME"), batch = Text("--batch", "Batch number (BHT03)", "NUMBER"),
        separators = Text("--separators", "Separators of elements, components, repetitions and segments", "*:^~",
            "*:^~");
    readonly Option<int> control = Number("--control", "Interchange control number (ISA13)"),
        groupControl = Number("--group-control", "Group control number (GS06)"),
        setControl = Number("--set-control", "Set control number (ST02)");
    readonly Option<string> made = Made();
    readonly Option<bool> production = new("--production")
    {
        Description = "Mark the file for production (ISA15 P); if not given, it is a test file"
    };

    static Option<string> Text(string name, string description, string help, string value = "") =>
        new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => value };

    /// <summary>An option for a control number, of which X12 has nine digits.</summary>
    public static Option<int> Number(string name, string description)
    {
        var option = new Option<int>(name)
        {
            Description = description, HelpName = "N", DefaultValueFactory = static _ => 1
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number is < 0 or > 999_999_999)
                result.AddError($"{name} is a number of at most nine digits");
        });
        return option;
    }

    /// <summary>The option that says when a file is made.</summary>
    public static Option<string> Made() =>
        Text("--made", "The day and time written into the file; if not given, now", "2026-03-02T09:30");

    /// <summary>The local day and time that the option says, now where it says nothing; null when it is none.</summary>
    public static DateTime? TimeOf(string? text, DateTime now) =>
        string.IsNullOrEmpty(text)
            ? now
            : DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var when) ? when : null;

    Option[] All =>
        [sender, senderKind, receiver, receiverKind, submitter, contact, phone, receiverName, batch, separators,
            control, groupControl, setControl, made, production];

    /// <summary>Where no 837 is written, none of them is taken.</summary>
    public void RefuseIn(CommandResult result)
    {
        foreach (var option in All)
            if (result.GetResult(option) is { Implicit: false })
                result.AddError($"{option.Name} is for an 837, and a paper form was asked for");
    }

    /// <summary>
    /// An option that was given for a set that has no place for it, as an error; null where there is none.
    /// </summary>
    /// <param name="isAsked">A question that is made from claims: it names who asks, and its number.</param>
    public string? UnusedIn(ParseResult parse, bool isAsked)
    {
        Option[] unused = isAsked ? [contact, phone, receiverName]
            : [submitter, contact, phone, receiverName, batch];
        var given = Array.Find(unused, option => parse.GetResult(option) is { Implicit: false });
        return given is null ? null : $"{given.Name} is for an 837: what is written here has no place for it";
    }

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Add(option);
    }

    /// <summary>
    /// What the options say, and where they say nothing what the first claim does; null when one cannot be.
    /// </summary>
    public EnvelopeTerms? TermsOf(ParseResult parse, Claim first, Terminal terminal) =>
        TermsOf(parse, first.Text(Party.Billing, PartyField.TaxId).Replace("-", "", StringComparison.Ordinal),
            first.Text(ClaimText.PayerId), terminal);

    /// <summary>
    /// What the options say, and where they say nothing what the first remittance does: from payer to payee.
    /// </summary>
    public EnvelopeTerms? TermsOf(ParseResult parse, Remittance first, Terminal terminal)
    {
        var payee = first.Text(RemittanceText.PayeeNpi);
        return TermsOf(parse, first.Text(RemittanceText.PayerTaxId),
            payee.Length > 0 ? payee : first.Text(RemittanceText.PayeeTaxId), terminal);
    }

    /// <summary>What the options say of a set that was read; what they do not say, it kept.</summary>
    public EnvelopeTerms? TermsOf(ParseResult parse, Terminal terminal) => TermsOf(parse, "", "", terminal);

    EnvelopeTerms? TermsOf(ParseResult parse, string from, string to, Terminal terminal)
    {
        if (TimeOf(parse.GetValue(made), terminal.Now) is not { } when)
            return Refuse(terminal, "--made is a day and time such as 2026-03-02T09:30");
        var marks = Encoding.Latin1.GetBytes(parse.GetValue(separators)!);
        var delimiters = marks.Length == 4 ? new Delimiters(marks[0], marks[1], marks[2], marks[3]) : default;
        if (!delimiters.AreDistinct) return Refuse(terminal, "--separators are four different signs such as *:^~");
        return new EnvelopeTerms
        {
            SenderKind = parse.GetValue(senderKind)!,
            Sender = Or(parse.GetValue(sender)!, from),
            ReceiverKind = parse.GetValue(receiverKind)!,
            Receiver = Or(parse.GetValue(receiver)!, to),
            SubmitterName = parse.GetValue(submitter)!, ContactName = parse.GetValue(contact)!,
            ContactPhone = parse.GetValue(phone)!, ReceiverName = parse.GetValue(receiverName)!,
            Batch = parse.GetValue(batch)!, Delimiters = delimiters,
            InterchangeControl = parse.GetValue(control), GroupControl = parse.GetValue(groupControl),
            SetControl = parse.GetValue(setControl), Day = DateOnly.FromDateTime(when),
            Time = TimeOnly.FromDateTime(when), Usage = parse.GetValue(production) ? 'P' : 'T',
        };
    }

    static string Or(string given, string otherwise) =>
        given.Length > 0 ? given : otherwise.Length > 15 ? otherwise[..15] : otherwise;

    static EnvelopeTerms? Refuse(Terminal terminal, string message)
    {
        terminal.Refuse(message);
        return null;
    }
}
