using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>The base images for programs that Aspire starts as executables.</summary>
internal static class BaseImages
{
    /// <exception cref="AspirateException">The command belongs to no known language.</exception>
    public static string Of(ExecutableResource executable) => Path.GetFileNameWithoutExtension(executable.Command).ToLowerInvariant() switch
    {
        "python" or "python3" or "uvicorn" or "gunicorn" => "docker.io/library/python:3.13-slim",
        "node" or "npm" or "npx" => "docker.io/library/node:22-slim",
        "java" => "docker.io/library/eclipse-temurin:21-jre",
        "ruby" => "docker.io/library/ruby:3.4-slim",
        "php" => "docker.io/library/php:8.4-cli",
        "deno" => "docker.io/denoland/deno:2.5.0",
        "bun" => "docker.io/oven/bun:1",
        "sh" or "bash" => "docker.io/library/debian:13-slim",
        "dotnet" => "mcr.microsoft.com/dotnet/aspnet:10.0",
        _ => throw new AspirateException(
            $"The resource \"{executable.Name}\" is an executable ({executable.Command}), and there is no default image with that program. Name one: "
            + $"resources.{executable.Name}.baseImage in {AspirateSettings.FileName}; or publish it with a Dockerfile (PublishAsDockerFile) "
            + "in the app model."),
    };
}
