using System.Runtime.CompilerServices;
using JasperFx.CodeGeneration;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Postgresql;
using Wolverine.RabbitMQ;
using Wolverine.Sqlite;

namespace Deltoid.Web;

/// <summary>
/// The queue at its three levels; the handlers are the same. Embedded: a file of SQLite beside the practice's. Team: a
/// schema of the same PostgreSQL, which hands chunks to any number of programs. Clearinghouse: RabbitMQ hands them out,
/// by a quorum queue. What is due lies in the database at each level, so that no level loses it.
/// </summary>
static class QueueLevel
{
    const string Schema = "jobs", Chunks = "deltoid_chunks";

    public static void Use(WolverineOptions queue, ServeOptions options)
    {
        if (options.Postgres is not { } connection)
        {
            queue.PersistMessagesWithSqlite($"Data Source={Path.Combine(options.Folder, "jobs.db")}");
            queue.Durability.Mode = DurabilityMode.Solo;
            queue.LocalQueueFor<CheckChunk>().MaximumParallelMessages(Math.Max(1, options.ChunksAtOnce));
        }
        else if (options.Rabbit is { } broker) UseBroker(queue, connection, broker, options.ChunksAtOnce);
        else UsePostgres(queue, connection, options.ChunksAtOnce);
        // who died is noticed soon; one that only slept does its chunk again, and the result is there once
        queue.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(2);
        queue.Durability.StaleNodeTimeout = TimeSpan.FromSeconds(10);
        queue.Durability.ScheduledJobPollingTime = TimeSpan.FromSeconds(1);
        queue.Policies.UseDurableLocalQueues();
        // answers are taken in the order in which they were dropped; an import does not hold them up
        queue.LocalQueueFor<TakeInAnswer>().Sequential();
        queue.LocalQueueFor<ImportClaims>().Sequential();
        queue.LocalQueueFor<SendClaims>().Sequential();
        queue.LocalQueueFor<CheckFile>().Sequential();
        queue.OnException(JobWork.MayPass).ScheduleRetryIndefinitely(TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        queue.DefaultExecutionTimeout = TimeSpan.FromHours(4); // of a large import
    }

    static void UsePostgres(WolverineOptions queue, string connection, int atOnce)
    {
        queue.PersistMessagesWithPostgresql(connection, Schema).EnableMessageTransport(static _ => { });
        queue.Durability.Mode = DurabilityMode.Balanced;
        queue.PublishMessage<CheckChunk>().ToPostgresqlQueue(Chunks).UseDurableOutbox();
        if (atOnce > 0)
            // few at a time: what one program has taken, no other can do
            queue.ListenToPostgresqlQueue(Chunks).UseDurableInbox().MaximumParallelMessages(atOnce)
                .MaximumMessagesToReceive(2 * atOnce).PollingInterval(TimeSpan.FromMilliseconds(200));
    }

    /// <summary>A method of its own: what speaks to a broker is loaded where there is one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void UseBroker(WolverineOptions queue, string connection, string broker, int atOnce)
    {
        queue.PersistMessagesWithPostgresql(connection, Schema);
        queue.Durability.Mode = DurabilityMode.Balanced;
        queue.UseRabbitMq(new Uri(broker)).UseQuorumQueues().AutoProvision();
        queue.PublishMessage<CheckChunk>().ToRabbitQueue(Chunks).UseDurableOutbox();
        if (atOnce > 0)
            queue.ListenToRabbitQueue(Chunks).UseDurableInbox().MaximumParallelMessages(atOnce)
                .PreFetchCount((ushort)(2 * atOnce));
    }
}
