using System.CommandLine;
using Deltoid.Findings;

namespace Deltoid.Cli;

/// <summary>The option <c>--fail-on</c>: from which severity on a finding makes the exit code 1.</summary>
static class FailOn
{
    public static Option<string> Create()
    {
        var option = new Option<string>("--fail-on")
        {
            Description = "Exit with 1 if a finding is this severe or worse", DefaultValueFactory = static _ => "error",
            HelpName = "error|warning|info|never"
        };
        Among.Only(option, "error", "warning", "info", "never");
        return option;
    }

    /// <param name="counts">Findings by severity: info, warning, error.</param>
    public static int ExitOf(string failOn, long[] counts)
    {
        if (failOn == "never") return Exit.Clean;
        for (var severity = (int)LeastOf(failOn); severity < counts.Length; severity++)
            if (counts[severity] > 0) return Exit.Found;
        return Exit.Clean;
    }

    static Severity LeastOf(string failOn) =>
        failOn switch { "info" => Severity.Info, "warning" => Severity.Warning, _ => Severity.Error };

    public static int ExitOf(string failOn, FindingList findings)
    {
        if (failOn == "never") return Exit.Clean;
        var least = LeastOf(failOn);
        foreach (ref readonly var finding in findings.Span)
            if (finding.Severity >= least) return Exit.Found;
        return Exit.Clean;
    }
}
