namespace Deltoid.Values;

/// <summary>
/// An input that cannot be read: where (a JSON pointer, or a line and column), what is wrong, what to do. Never a value
/// of the input.
/// </summary>
/// <param name="also">What else is wrong with the same input, so that all of it is reported at once.</param>
public sealed class InputException(string at, string message, string tryThis,
    params InputException[] also) : Exception(message)
{
    /// <summary>Where in the input: a JSON pointer, a line and column, or a segment.</summary>
    public string At { get; } = at;

    /// <summary>What to write instead, or what to do.</summary>
    public string Try { get; } = tryThis;

    /// <summary>What else is wrong with the same input.</summary>
    public IReadOnlyList<InputException> Also { get; } = also;

    /// <summary>The same, of a document that is a part of another one.</summary>
    /// <param name="root">Where it is there, as a JSON pointer.</param>
    internal InputException Under(string root) =>
        new(root + At, Message, Try, [.. Also.Select(one => one.Under(root))]);
}
