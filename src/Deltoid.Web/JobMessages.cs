namespace Deltoid.Web;

/// <summary>What the queue hands on: which job of which practice. The work itself lies in the store.</summary>
public sealed record TakeInAnswer(long PracticeId, long JobId);

/// <inheritdoc cref="TakeInAnswer"/>
public sealed record ImportClaims(long PracticeId, long JobId);

/// <inheritdoc cref="TakeInAnswer"/>
public sealed record SendClaims(long PracticeId, long JobId);

/// <inheritdoc cref="TakeInAnswer"/>
public sealed record CheckFile(long PracticeId, long JobId);

/// <summary>A piece of a file that is checked, for the first worker that is free.</summary>
public sealed record CheckChunk(long PracticeId, long JobId, int Number);

/// <summary>
/// The handlers, found by name. Their callers are generated ahead: after a change here run
/// <c>Deltoid.Web codegen write</c> in this folder. A handler without its caller stops the queue from starting.
/// </summary>
public static class JobHandler
{
    public static Task Handle(TakeInAnswer message, JobWork work, CancellationToken stop) =>
        work.Do(message.PracticeId, message.JobId, stop);

    public static Task Handle(ImportClaims message, JobWork work, CancellationToken stop) =>
        work.Do(message.PracticeId, message.JobId, stop);

    public static Task Handle(SendClaims message, JobWork work, CancellationToken stop) =>
        work.Do(message.PracticeId, message.JobId, stop);

    public static Task Handle(CheckFile message, JobWork work, CancellationToken stop) =>
        work.Do(message.PracticeId, message.JobId, stop);

    public static Task Handle(CheckChunk message, JobWork work, CancellationToken stop) =>
        work.DoChunk(message.PracticeId, message.JobId, message.Number, stop);
}
