using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Deltoid.Web.Models;

/// <summary>A language model did not answer as it must; it names nothing of what was asked or answered.</summary>
sealed class ModelException(string message) : Exception(message);

/// <summary>
/// A language model at an OpenAI-compatible address (<c>POST …/chat/completions</c>), as llama.cpp and Ollama serve one
/// on this machine. That address alone is asked: no redirect is followed, no proxy, no second try. An answer is
/// limited in size and in time.
/// </summary>
sealed class ChatService(Uri address, string model, string? key, TimeSpan longest) : IChatClient
{
    const int LargestAnswer = 256 << 10;

    readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxResponseHeadersLength = 64,
    }) { Timeout = longest, MaxResponseContentBufferSize = LargestAnswer };

    /// <exception cref="ModelException">There is no answer that can be used.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(Written(messages, options)),
        };
        asked.Content.Headers.ContentType = new("application/json");
        if (!string.IsNullOrEmpty(key)) asked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var answer = await client.SendAsync(asked, cancellationToken);
            if (!answer.IsSuccessStatusCode) throw new ModelException($"it answered {(int)answer.StatusCode}");
            return new(new ChatMessage(ChatRole.Assistant,
                TextOf(await answer.Content.ReadAsByteArrayAsync(cancellationToken))));
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ModelException(e is OperationCanceledException ? "it took too long"
                : e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
                    ? "its answer is too long" : "it cannot be reached");
        }
    }

    byte[] Written(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteBoolean("stream", false);
            if (options?.Temperature is { } temperature) json.WriteNumber("temperature", (decimal)temperature);
            if (options?.MaxOutputTokens is { } most) json.WriteNumber("max_tokens", most);
            json.WriteStartArray("messages");
            foreach (var message in messages)
            {
                json.WriteStartObject();
                json.WriteString("role", message.Role.Value);
                json.WriteString("content", message.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return text.ToArray();
    }

    static string TextOf(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.TryGetProperty("choices", out var choices)
                && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
                && choices[0].TryGetProperty("message", out var message)
                && message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String)
                return content.GetString()!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // said below
        }
        throw new ModelException("its answer is not as chat completions are written");
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages,
        ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => client.Dispose();
}
