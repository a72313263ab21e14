using System.Text;

namespace Deltoid.Web.Tests;

/// <summary>What is typed, and what files say, is shown and never run.</summary>
public sealed class PayloadTests
{
    [Fact]
    public async Task No_text_of_a_field_a_file_or_an_address_runs_as_a_script()
    {
        await using var worked = new WorkedPractice();
        await worked.InitializeAsync();
        var claims = ClaimsFiles.Write(7, "Z", 3);
        var paid = PaymentFiles.Write(8, new PaidSet("TRACE", "20260401",
            [.. Enumerable.Range(1, 3).Select(static n => new PaidShot($"Z{n}", $"I{n}", Member: $"M{n:000000}"))]));
        Journey.Run("payloads.mjs", worked.Served.Url, TimeSpan.FromMinutes(30),
            ("PAGES", string.Join(' ', worked.Pages())), ("CLAIMS", Encoding.ASCII.GetString(claims)),
            ("PAID", Encoding.ASCII.GetString(paid)));
    }

    [Fact]
    public async Task No_text_becomes_a_part_of_a_page_or_a_script_but_what_the_server_answered()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Journey.Run("trust.mjs", served.Url);
    }
}
