using System.Text.RegularExpressions;

namespace Deltoid.Web.Tests;

/// <summary>The HIPAA table of <c>docs/security.md</c> names tests that are there.</summary>
public sealed partial class HipaaTests
{
    static IEnumerable<string[]> Rows() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"))
        .Split("## HIPAA")[1].Split("\n## ")[0].Split('\n').Where(static l => l.StartsWith("| 164.",
            StringComparison.Ordinal)).Select(static l => l.Split('|')[1..4]);

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex Test();

    [Fact]
    public void Each_safeguard_has_a_control_and_a_test_that_is_there_or_is_the_practices()
    {
        var types = typeof(HipaaTests).Assembly.GetTypes().ToDictionary(static t => t.FullName!, static t => t);
        var (rows, faults) = (Rows().ToList(), new List<string>());
        foreach (var (safeguard, control, tests) in rows.Select(static r => (r[0].Trim(), r[1].Trim(), r[2])))
        {
            var named = Test().Matches(tests);
            if (control.Length == 0 || (named.Count == 0 && !tests.Contains("the practice", StringComparison.Ordinal)))
                faults.Add($"{safeguard}: no control or no test");
            foreach (Match test in named)
            {
                var type = types.GetValueOrDefault($"Deltoid.Web.Tests.{test.Groups[1].Value}");
                if (type is null || (test.Groups[2].Success && type.GetMethod(test.Groups[2].Value) is null)
                    || !Array.Exists(type.GetMethods(), static m => m.IsDefined(typeof(FactAttribute), true)))
                    faults.Add($"{safeguard}: {test.Value} is not there");
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        foreach (var section in new[] { "164.308(a)(1)", "164.308(a)(7)", "164.308(b)", "164.310", "164.312(a)",
            "164.312(b)", "164.312(c)", "164.312(d)", "164.312(e)", "164.314", "164.316(a)", "164.316(b)" })
            Assert.Contains(rows, r => r[0].Contains(section, StringComparison.Ordinal));
    }
}
