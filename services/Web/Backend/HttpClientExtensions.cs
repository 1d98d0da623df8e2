using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace MsaAspire.Web.Backend;

internal static class HttpClientExtensions
{
    /// <summary>What is at <paramref name="path"/>, or null when the service says that there is nothing.</summary>
    /// <exception cref="HttpRequestException">The service does not answer, or answers with an error.</exception>
    public static async Task<T?> FindAsync<T>(this HttpClient http, string path, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class
    {
        using var response = await http.GetAsync(path, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(type, cancellation);
    }
}
