#pragma once

int store_order(int fd);
