using System.CommandLine;
using System.Globalization;
using Deltoid.Claims;
using Deltoid.Pricing;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid price</c>: what Medicare allows for codes on a day, in a locality and place.</summary>
static class PriceCommand
{
    public static Command Create(Terminal terminal)
    {
        var codes = new Argument<string[]>("CODE") { Description = "CPT or HCPCS codes, with modifiers behind hyphens: J3420-JW", Arity = ArgumentArity.OneOrMore };
        var date = new Option<DateOnly>("--date") { Description = "The service date", Required = true, HelpName = "2026-03-02", CustomParser = ParseDate };
        var locality = new Option<string>("--locality") { Description = "MAC and locality; the national amount without", DefaultValueFactory = static _ => "", HelpName = "06102-01" };
        var state = new Option<string>("--state") { Description = "The state, where two localities share a number", DefaultValueFactory = static _ => "", HelpName = "IL" };
        var pos = new Option<string>("--pos") { Description = "The place of service", DefaultValueFactory = static _ => "11", HelpName = "11" };
        var units = new Option<int>("--units") { Description = "Billed units", DefaultValueFactory = static _ => 1 };
        var qp = new Option<bool>("--qp") { Description = "By the conversion factor of qualifying APM participants" };
        var nonParticipating = new Option<bool>("--non-participating") { Description = "For a practice that does not participate; says its limiting charge" };
        var json = new Option<bool>("--json") { Description = "A JSON list" };
        var command = new Command("price", "What Medicare allows for a code") { codes, date, locality, state, pos, units, qp, nonParticipating, json };
        command.SetAction(parse =>
        {
            var terms = new PriceTerms(parse.GetValue(locality)!, parse.GetValue(state)!, parse.GetValue(qp), !parse.GetValue(nonParticipating));
            if (!Code.TryParse(parse.GetValue(pos), out var place)) return Refuse(terminal, "--pos is a place of service such as 11");
            if (parse.GetValue(units) < 1) return Refuse(terminal, "--units is 1 or more");
            var lines = new List<ServiceLine>();
            foreach (var code in parse.GetValue(codes)!)
            {
                if (!TryLine(code, parse.GetValue(date), parse.GetValue(units), out var line)) return Refuse(terminal, $"'{code}' is not a code; write 96372 or J3420-JW");
                lines.Add(line);
            }
            Write(terminal, lines, place, terms, parse.GetValue(json));
            return Exit.Clean;
        });
        return command;
    }

    internal static int Refuse(Terminal terminal, string message)
    {
        terminal.Error.WriteLine("deltoid: " + message);
        return Exit.Usage;
    }

    internal static DateOnly ParseDate(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        result.AddError($"{result.Argument.Name} is a day such as 2026-03-02");
        return default;
    }

    static bool TryLine(string text, DateOnly date, int units, out ServiceLine line)
    {
        line = new ServiceLine { Number = 1, Date = date, Units = Quantity.Of(units) };
        var parts = text.Split('-');
        if (!Code.TryParse(parts[0], out line.Code) || parts.Length > 1 + Modifiers.Max) return false;
        foreach (var part in parts[1..])
        {
            if (!Modifier.TryParse(part, out var modifier)) return false;
            line.Modifiers = line.Modifiers.With(modifier);
        }
        return true;
    }

    static void Write(Terminal terminal, List<ServiceLine> lines, Code place, in PriceTerms terms, bool json)
    {
        using var writer = json ? ResultJson.Writer(terminal.Buffer, indented: true) : null;
        writer?.WriteStartArray();
        foreach (var line in lines)
        {
            var expected = FeeSchedule.Price(terminal.Book, PayerKind.Medicare, Setting.Professional, line, place, terms);
            if (writer is not null) ResultJson.WritePrice(line, expected, writer);
            else WriteText(terminal, line, expected);
        }
        writer?.WriteEndArray();
        writer?.Flush();
        if (json) terminal.WriteLine();
        terminal.Flush();
    }

    static void WriteText(Terminal terminal, in ServiceLine line, in Expected expected)
    {
        var code = line.Modifiers.IsEmpty ? line.Code.ToString() : $"{line.Code}-{line.Modifiers}";
        var units = line.Units == Quantity.One ? "" : $" x{line.Units}";
        var limit = expected.LimitingCharge is { } charge ? $", limiting charge ${charge}" : "";
        terminal.WriteLine(expected.Amount is { } amount ? $"{code}{units}  ${amount}  {expected.BasisText}{limit}" : $"{code}{units}  not priced: {expected.WhyText}");
    }
}
