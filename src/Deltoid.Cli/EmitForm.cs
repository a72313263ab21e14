using System.CommandLine;
using System.CommandLine.Parsing;

namespace Deltoid.Cli;

/// <summary>What a form writes, and how it was asked for.</summary>
/// <param name="Exit">The worst that came of reading the claims.</param>
sealed record EmitJob(Terminal Terminal, ParseResult Parse, List<FiledClaim> Claims, string? Output, int Exit);

/// <summary>A form that <c>emit</c> writes claims in. A new one is a class and a line in <see cref="All"/>.</summary>
/// <param name="name">The value of <c>--form</c>.</param>
/// <param name="kind">In a sentence: "a 270".</param>
/// <param name="help">What it is for, in the help.</param>
abstract class EmitForm(string name, string kind, string help)
{
    public string Name => name;

    /// <summary>For the help: <c>270: ask whether …</c></summary>
    public string Help => $"{name}: {help}";

    /// <summary>Options that are for this form alone, or for it and its like.</summary>
    public virtual IReadOnlyList<Option> Options => [];

    /// <summary>All forms, each with options of its own; the first is written when none is asked for.</summary>
    public static EmitForm[] All(EnvelopeOptions envelope) =>
        [new EmitClaims(envelope), .. EmitInquiries.Forms(envelope), .. EmitPaper.Forms(envelope)];

    /// <summary>What the form does not take, and what of its own does not go together, as errors.</summary>
    public virtual void Validate(CommandResult result) { }

    /// <summary>Writes the claims; at least one. Gives the exit code.</summary>
    public abstract int Write(EmitJob job);

    /// <summary>An option of this form was given for another that does not take it.</summary>
    public void RefuseFor(EmitForm asked, CommandResult result)
    {
        foreach (var option in Options)
            if (!asked.Options.Contains(option) && result.GetResult(option) is { Implicit: false })
                result.AddError($"{option.Name} is for {kind}: give --form {name} too");
    }
}
