using System.Text.RegularExpressions;

namespace Deltoid.Tests;

/// <summary>The steps of the pages on FHIR and HL7 v2 do what they say.</summary>
public sealed partial class DoorPagesTests
{
    [Theory, InlineData("docs/fhir.md", 3), InlineData("docs/hl7.md", 3)]
    public void Each_command_answers_what_the_page_says(string page, int least)
    {
        var steps = Step().Matches(Repository.Read(page));
        Assert.True(steps.Count >= least, $"{steps.Count} steps");
        foreach (Match step in steps)
        {
            var words = step.Groups[1].Value.Split(' ').Select(static w =>
                w.StartsWith("examples/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, w) : w).ToArray();
            var (exit, said, error) = CommandLine.Run(words);
            Assert.True(exit == 0, error);
            Assert.Contains(step.Groups[2].Value, said);
        }
    }

    /// <summary>A command, and what its answer holds: the first words between marks after it.</summary>
    [GeneratedRegex("```sh\n +deltoid ([^\n]+)\n +```\n[^`]*`(?:findings` has an entry `)?([^`]+)`")]
    private static partial Regex Step();
}
