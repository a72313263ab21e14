using System.Text.Json;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>A claim that cannot be read whole is in its place, with the reason and what could be read of it.</summary>
public sealed class LostClaimTests
{
    /// <summary>
    /// Two claims of one file, whose segments are changed from <paramref name="from"/> to <paramref name="to"/>.
    /// </summary>
    static string File(string from, string to)
    {
        var file = X12Samples.File(2, perSet: 1);
        var second = file.LastIndexOf("ST*837", StringComparison.Ordinal);
        Assert.Contains(from, file[second..], StringComparison.Ordinal);
        var end = file[second..].Replace(from, to, StringComparison.Ordinal);
        var count = end[..(end.IndexOf("SE*", StringComparison.Ordinal) + 2)].Count(static c => c == '~') + 1;
        var se = end.IndexOf("SE*", StringComparison.Ordinal) + 3;
        return file[..second] + end[..se] + count + end[end.IndexOf('*', se)..];
    }

    static string Subscriber
    {
        get
        {
            var file = X12Samples.File(2, perSet: 1);
            file = file[file.LastIndexOf("ST*837", StringComparison.Ordinal)..];
            var from = file.IndexOf("HL*2*", StringComparison.Ordinal);
            return file[from..file.IndexOf("CLM*", from, StringComparison.Ordinal)];
        }
    }

    /// <summary>What is changed in the second set; the place and words of the reason; what could be read.</summary>
    public static TheoryData<string, string, string, string, string> Cases => new()
    {
        { Subscriber, "", "HL of a subscriber", "/lines", "\"control\":\"C000002-1\"" },
        { "LX*1~", "", "is missing in loop 2400", "/other", "96372" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void It_is_named_and_given_in_its_place(string from, string to, string reason, string path, string value)
    {
        var file = File(from, to);
        foreach (var form in (string[])["--json", "--jsonl"])
        {
            var (exit, output, error) = CommandLine.RunWith(file, "read", "-", form);
            Assert.Equal(Exit.PartlyRefused, exit);
            Assert.Contains(reason, error, StringComparison.Ordinal);
            List<JsonElement> items = form == "--json"
                ? [.. JsonDocument.Parse(output).RootElement.EnumerateArray()]
                : [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .Select(static l => JsonDocument.Parse(l).RootElement)];
            Assert.Equal("C000001", items[0].GetProperty("id").GetString());
            Assert.Equal("-", items[1].GetProperty("file").GetString());
            Assert.Contains(reason, items[1].GetProperty("error").GetProperty("message").GetString(),
                StringComparison.Ordinal);
            Assert.NotEqual("", items[1].GetProperty("error").GetProperty("try").GetString());
            var at = items[1].GetProperty("claim");
            foreach (var step in path.Split('/')[1..])
                at = int.TryParse(step, out var i) ? at[i] : at.GetProperty(step);
            Assert.Contains(value.Trim('"'),
                at.GetRawText().Replace("\": \"", "\":\"", StringComparison.Ordinal)
                    .Replace(value, value.Trim('"'), StringComparison.Ordinal), StringComparison.Ordinal);
        }
        Assert.Contains(reason, CommandLine.RunWith(file, "read", "-").Error, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Cases))]
    public void It_is_a_finding_of_its_own_in_scrub_and_check(string from, string to, string reason, string path,
        string value)
    {
        _ = (path, value);
        var lines = CommandLine.RunWith(File(from, to), "scrub", "-", "--jsonl").Out
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonDocument.Parse(l).RootElement)
            .Where(static l => l.TryGetProperty("claim", out _)).ToList();
        var lost = Assert.Single(lines, static l => l.GetProperty("claim").GetString() == "C000002");
        Assert.Contains(reason, lost.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(Exit.Found, CommandLine.RunWith(File(from, to), "check", "-").Exit);
    }

    [Fact]
    public void What_read_says_of_it_is_no_claim_for_emit()
    {
        var read = CommandLine.RunWith(File(Subscriber, ""), "read", "-", "--json").Out;
        var (exit, output, error) = CommandLine.RunWith(read, "emit", "-");
        Assert.Equal(Exit.PartlyRefused, exit);
        Assert.Contains("this is not a claim", error, StringComparison.Ordinal);
        Assert.Contains("CLM*C000001*", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_else_of_the_file_is_exit_3() =>
        Assert.Equal(Exit.Unreadable,
            CommandLine.RunWith(WithoutSubscriber(X12Samples.File(1)), "read", "-", "--json").Exit);

    static string WithoutSubscriber(string file)
    {
        var from = file.IndexOf("HL*2*", StringComparison.Ordinal);
        return file.Remove(from, file.IndexOf("CLM*", from, StringComparison.Ordinal) - from);
    }

    [Fact]
    public void A_second_service_of_a_line_does_not_take_the_place_of_the_first()
    {
        var file = File("LX*2~", "");
        var (exit, output, _) = CommandLine.RunWith(file, "read", "-", "--jsonl");
        Assert.Equal(Exit.PartlyRefused, exit);
        var claim = JsonDocument.Parse(output.Split('\n')[1]).RootElement.GetProperty("claim");
        Assert.Equal("96372", claim.GetProperty("lines")[0].GetProperty("code").GetString());
        Assert.Contains("SV1*HC:J3420:JZ*12.5*UN*1***1", claim.GetProperty("other").GetRawText(),
            StringComparison.Ordinal);
    }
}
