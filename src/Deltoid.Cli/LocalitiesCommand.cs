using System.CommandLine;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Pricing;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid codes localities</c>: the payment localities of a day, and what one code pays in each.</summary>
static class LocalitiesCommand
{
    /// <summary>The code whose payment is shown: the injection that this program is about.</summary>
    const string Shown = "96372";

    public static Command Create(Terminal terminal)
    {
        var words = new Argument<string[]>("WORD")
        {
            Description = "A city, county, state or number; if not given, all localities",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var date = new Option<DateOnly?>("--date")
        {
            Description = "The service date; if not given, today", HelpName = "2026-03-02",
            CustomParser = static result => PriceCommand.ParseDate(result),
        };
        var json = new Option<bool>("--json") { Description = "A JSON list" };
        var command = new Command("localities",
            $"List Medicare's payment localities by name, and what {Shown} pays in each") { words, date, json };
        command.SetAction(parse =>
        {
            var text = string.Join(' ', parse.GetValue(words)!);
            return Run(terminal, text, parse.GetValue(date) ?? terminal.Today, parse.GetValue(json));
        });
        return command;
    }

    static int Run(Terminal terminal, string words, DateOnly day, bool json)
    {
        var all = PriceSite.OnDay(terminal.Book, "", day);
        if (all.Count == 0) return terminal.Refuse(PriceSite.NoneOn(terminal.Book, "", day));
        var found = LocalitySearch.Find(all, words);
        if (found.Count == 0)
            return terminal.Refuse(
                $"no locality of {day:yyyy-MM-dd} is '{words}'; without a word all {all.Count} are listed");
        if (json) WriteJson(terminal, found, day);
        else WriteText(terminal, found, day);
        terminal.Flush();
        return Exit.Clean;
    }

    static void WriteText(Terminal terminal, List<LocalityRow> found, DateOnly day)
    {
        terminal.WriteLine($"{Shown} in the office on {day:yyyy-MM-dd}, by locality:");
        foreach (var row in found)
        {
            var amount = Paid(terminal, row, day) is { } paid ? $"${paid}" : "-";
            terminal.WriteLine($"{row.Mac}-{row.Number}  {row.State}  {amount,7}  {row.Name}");
        }
    }

    static void WriteJson(Terminal terminal, List<LocalityRow> found, DateOnly day)
    {
        using (var json = ResultJson.Writer(terminal.Buffer, indented: true))
        {
            json.WriteStartArray();
            foreach (var row in found)
            {
                json.WriteStartObject();
                json.WriteString("locality"u8, $"{row.Mac}-{row.Number}");
                json.WriteString("state"u8, row.State);
                json.WriteString("name"u8, row.Name);
                json.WriteString("code"u8, Shown);
                json.WriteString("date"u8, day.Iso());
                if (Paid(terminal, row, day) is { } amount) json.WriteNumber("amount"u8, amount.Dollars);
                else json.WriteNull("amount"u8);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        terminal.WriteLine();
    }

    static Money? Paid(Terminal terminal, LocalityRow row, DateOnly day)
    {
        var line = new ServiceLine { Number = 1, Code = Code.Of(Shown), Units = Quantity.One, Date = day };
        var terms = new PriceTerms($"{row.Mac}-{row.Number}", row.State);
        return FeeSchedule.Price(terminal.Book, PayerKind.Medicare, Setting.Professional, line, Code.Of("11"),
            terms).Amount;
    }
}
